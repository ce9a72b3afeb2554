package io.gild.traffic;

import io.gild.operations.spi.Share;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An {@code HTTPRoute}, as far as shares need it.
 *
 * @param version its resource version; empty if it has none
 * @param rules its rules that send requests to both services
 * @param services names of all services in it
 * @param problems conditions that the gateway's controller reports as not met
 */
record HttpRoute(String version, List<Rule> rules, Set<String> services, List<String> problems) {

  /** Conditions of a route that is served; PartiallyInvalid, for one, must not be met. */
  private static final Set<String> REQUIRED = Set.of("Accepted", "ResolvedRefs", "Programmed");

  HttpRoute {
    rules = List.copyOf(rules);
    services = Set.copyOf(services);
    problems = List.copyOf(problems);
  }

  /**
   * A rule with both services.
   *
   * @param index its place among the rules
   * @param stable the reference to the present version
   * @param canary the reference to the new version
   * @param others names of services that get requests too
   * @param repeated whether one of both services is in it more than once
   */
  record Rule(
      int index, Reference stable, Reference canary, List<String> others, boolean repeated) {

    /** Returns the new version's share, in hundredths of a percent; 0 if both have none. */
    int share() {
      long total = stable.weight() + canary.weight();
      return total == 0 ? 0 : (int) ((canary.weight() * Share.ALL + total / 2) / total);
    }
  }

  /**
   * A service in a rule.
   *
   * @param index its place among the references of the rule
   * @param name name of the service
   * @param weight its weight; 1 unless given
   */
  record Reference(int index, String name, long weight) {}

  static HttpRoute of(Map<?, ?> object, String stable, String canary) {
    List<Rule> rules = new ArrayList<>();
    Set<String> services = new LinkedHashSet<>();
    int index = 0;
    for (Object rule : list(map(object.get("spec")).get("rules"))) {
      List<Reference> references = references(map(rule));
      references.forEach(each -> services.add(each.name()));
      addRule(index++, references, stable, canary, rules);
    }
    Object version = map(object.get("metadata")).get("resourceVersion");
    return new HttpRoute(
        version instanceof String text ? text : "", rules, services, problems(object));
  }

  private static void addRule(
      int index, List<Reference> references, String stable, String canary, List<Rule> rules) {
    List<Reference> stables = named(references, stable);
    List<Reference> canaries = named(references, canary);
    if (stables.isEmpty() || canaries.isEmpty()) {
      return;
    }
    List<String> others =
        references.stream()
            .filter(each -> each.weight() > 0)
            .map(Reference::name)
            .filter(name -> !name.equals(stable) && !name.equals(canary))
            .toList();
    boolean repeated = stables.size() + canaries.size() > 2;
    rules.add(new Rule(index, stables.get(0), canaries.get(0), others, repeated));
  }

  private static List<Reference> named(List<Reference> references, String name) {
    return references.stream().filter(each -> each.name().equals(name)).toList();
  }

  private static List<Reference> references(Map<?, ?> rule) {
    List<Reference> references = new ArrayList<>();
    int index = 0;
    for (Object each : list(rule.get("backendRefs"))) {
      Map<?, ?> reference = map(each);
      boolean service = !(reference.get("kind") instanceof String kind) || kind.equals("Service");
      if (service && reference.get("name") instanceof String name) {
        long weight = reference.get("weight") instanceof Number given ? given.longValue() : 1;
        references.add(new Reference(index, name, weight));
      }
      index++;
    }
    return references;
  }

  /** Returns such as {@code ResolvedRefs: BackendNotFound ...}. */
  private static List<String> problems(Map<?, ?> object) {
    List<String> problems = new ArrayList<>();
    for (Object parent : list(map(object.get("status")).get("parents"))) {
      for (Object each : list(map(parent).get("conditions"))) {
        Map<?, ?> condition = map(each);
        if (REQUIRED.contains(String.valueOf(condition.get("type")))
            && "False".equals(condition.get("status"))) {
          problems.add(
              "%s: %s, %s"
                  .formatted(
                      condition.get("type"), condition.get("reason"), condition.get("message")));
        }
      }
    }
    return problems;
  }

  /**
   * Returns a JSON Patch that sets weights and touches nothing else. It fails if the route changed
   * since it was read.
   */
  List<Map<String, Object>> patch(int share) {
    List<Map<String, Object>> patch = new ArrayList<>();
    if (!version.isEmpty()) {
      patch.add(operation("replace", "/metadata/resourceVersion", version));
    }
    for (Rule rule : rules) {
      String path = "/spec/rules/" + rule.index() + "/backendRefs/";
      addWeight(patch, path, rule.stable(), Share.ALL - share);
      addWeight(patch, path, rule.canary(), share);
    }
    return patch;
  }

  private static void addWeight(
      List<Map<String, Object>> patch, String path, Reference reference, int weight) {
    patch.add(operation("test", path + reference.index() + "/name", reference.name()));
    patch.add(operation("add", path + reference.index() + "/weight", weight));
  }

  private static Map<String, Object> operation(String name, String path, Object value) {
    return Map.of("op", name, "path", path, "value", value);
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
