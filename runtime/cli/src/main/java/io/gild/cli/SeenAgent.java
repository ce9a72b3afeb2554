package io.gild.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * A method that leads to model calls: probably an agent.
 *
 * @param entry the method, as {@code class#method}
 * @param places the places at which models are called on its behalf
 */
record SeenAgent(String entry, List<ModelCalls> places) {

  /** Groups places by the method that leads to them, the busiest first. */
  static List<SeenAgent> of(List<ModelCalls> places) {
    Map<String, List<ModelCalls>> groups = new LinkedHashMap<>();
    for (ModelCalls place : places) {
      groups.computeIfAbsent(place.entry(), absent -> new ArrayList<>()).add(place);
    }
    List<SeenAgent> agents = new ArrayList<>();
    groups.forEach((entry, all) -> agents.add(new SeenAgent(entry, List.copyOf(all))));
    agents.sort((one, other) -> Long.compare(other.calls(), one.calls()));
    return agents;
  }

  /** Returns the agent's name: the name in its settings, or its class in kebab case. */
  String name() {
    String given = places.get(0).agent();
    return given.isEmpty()
        ? simpleClass().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT)
        : given;
  }

  String className() {
    return entry.substring(0, Math.max(0, entry.indexOf('#')));
  }

  String methodName() {
    return entry.substring(entry.indexOf('#') + 1);
  }

  private String simpleClass() {
    String name = className();
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }

  /** Returns whether the method itself was on the stack, and its own frame seen. */
  boolean seenItself() {
    return !places.get(0).entryDescriptor().isEmpty();
  }

  boolean returnsNothing() {
    return places.get(0).entryDescriptor().endsWith(")V");
  }

  long calls() {
    return sum(ModelCalls::calls);
  }

  long failed() {
    return sum(ModelCalls::failed);
  }

  long repeats() {
    return sum(ModelCalls::repeats);
  }

  private long sum(ToLongFunction<ModelCalls> of) {
    return places.stream().mapToLong(of).sum();
  }

  boolean streams() {
    return places.stream().anyMatch(ModelCalls::streaming);
  }

  /** Returns whether one call may lead to several model calls. */
  boolean asksSeveralTimes() {
    return places.size() > 1 || !tools().isEmpty();
  }

  BigDecimal costUsd() {
    return places.stream().map(ModelCalls::costUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  Set<String> models() {
    Set<String> models = new TreeSet<>();
    places.forEach(place -> place.models().forEach(use -> models.add(use.model())));
    return models;
  }

  Set<String> tools() {
    Set<String> tools = new TreeSet<>();
    places.forEach(place -> tools.addAll(place.tools().keySet()));
    return tools;
  }

  double p99() {
    return places.stream().mapToDouble(ModelCalls::p99).max().orElse(0);
  }

  /**
   * Returns the sentence of the first place at which a layer retries already; empty if there is no
   * such place.
   */
  String retryLayers() {
    return places.stream()
        .map(ModelCalls::retryLayers)
        .filter(sentence -> !sentence.isEmpty())
        .findFirst()
        .orElse("");
  }
}
