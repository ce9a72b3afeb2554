package io.gild.traffic;

import io.gild.config.Experimental;
import io.gild.operations.RolloutException;
import io.gild.operations.spi.Share;
import io.gild.operations.spi.TrafficEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shares by the weights of two services in an {@code HTTPRoute} of Kubernetes' Gateway API. The
 * weights are hundredths of a percent; how exactly requests follow them, and how soon, is up to the
 * gateway.
 *
 * <p>Only weights are changed, in all rules that name both services, and only in the version of the
 * route that was read: other fields, and changes that others make at the same time, remain. The
 * account needs the verbs {@code get} and {@code patch} on {@code httproutes}. Not thread-safe.
 */
@Experimental
public final class GatewayTraffic implements TrafficEngine {

  private static final String GROUP = "/apis/gateway.networking.k8s.io/v1/namespaces/";
  private static final int TRIES = 5;

  private final GatewaySettings settings;
  private final KubernetesAddress address;
  private @Nullable KubernetesApi api;

  /**
   * Creates an engine; does not connect.
   *
   * @param settings names the route, its services and the API server
   * @param base folder of relative paths
   * @throws RolloutException if the settings name no API server and this process runs in no pod
   */
  public GatewayTraffic(GatewaySettings settings, Path base) throws RolloutException {
    this(settings, KubernetesAddress.of(settings, base, System.getenv()));
  }

  GatewayTraffic(GatewaySettings settings, KubernetesAddress address) {
    this.settings = settings;
    this.address = address;
  }

  @Override
  public String name() {
    return "kubernetes route " + address.namespace() + "/" + settings.route();
  }

  @Override
  public void check() throws RolloutException {
    HttpRoute route = read();
    if (!route.problems().isEmpty()) {
      throw new RolloutException(
          "The gateway does not serve the %s: %s"
              .formatted(described(), String.join("; ", route.problems())));
    }
    for (HttpRoute.Rule rule : route.rules()) {
      if (!rule.others().isEmpty()) {
        throw new RolloutException(
            "Rule %d of the %s also sends requests to %s, but a rollout has two versions"
                .formatted(rule.index(), described(), String.join(", ", rule.others())));
      }
    }
  }

  @Override
  public Share set(int share) throws RolloutException {
    Share wanted = new Share(share, share, "");
    KubernetesFailure last = null;
    for (int i = 0; i < TRIES; i++) {
      HttpRoute route = read();
      if (isSet(route, share)) {
        return shareOf(route, wanted.wanted());
      }
      try {
        return shareOf(route(request().patch(path(), route.patch(share))), share);
      } catch (KubernetesFailure failure) {
        // Another program changed the route after it was read; a failed test has the status 422.
        if (failure.status() != KubernetesFailure.CONFLICT
            && failure.status() != KubernetesFailure.INVALID) {
          throw failed("patch", failure);
        }
        last = failure;
      }
    }
    throw new RolloutException(
        "The %s could not be changed in %d tries, because it changed each time: %s"
            .formatted(described(), TRIES, last == null ? "" : last.getMessage()),
        last);
  }

  private static boolean isSet(HttpRoute route, int share) {
    return route.rules().stream()
        .allMatch(
            rule -> rule.canary().weight() == share && rule.stable().weight() == Share.ALL - share);
  }

  @Override
  public Share current(int wanted) throws RolloutException {
    return shareOf(read(), wanted);
  }

  /** Returns the share of the rule that is the farthest from the wanted one. */
  private static Share shareOf(HttpRoute route, int wanted) {
    HttpRoute.Rule farthest = route.rules().get(0);
    List<String> notes = new ArrayList<>();
    for (HttpRoute.Rule rule : route.rules()) {
      long total = rule.canary().weight() + rule.stable().weight();
      notes.add(
          "weights %d of %d in rule %d".formatted(rule.canary().weight(), total, rule.index()));
      if (Math.abs(rule.share() - wanted) > Math.abs(farthest.share() - wanted)) {
        farthest = rule;
      }
    }
    return new Share(wanted, farthest.share(), String.join("; ", notes));
  }

  private HttpRoute read() throws RolloutException {
    try {
      return route(request().get(path()));
    } catch (KubernetesFailure failure) {
      throw failed("get", failure);
    }
  }

  private HttpRoute route(Map<?, ?> object) throws RolloutException {
    HttpRoute route = HttpRoute.of(object, settings.stable(), settings.canary());
    if (route.rules().isEmpty()) {
      throw new RolloutException(missing(route));
    }
    for (HttpRoute.Rule rule : route.rules()) {
      if (rule.repeated()) {
        throw new RolloutException(
            "Rule %d of the %s has a service twice; each version must be in a rule once"
                .formatted(rule.index(), described()));
      }
    }
    return route;
  }

  private String missing(HttpRoute route) {
    for (String service : List.of(settings.stable(), settings.canary())) {
      if (!route.services().contains(service)) {
        return "The %s sends no requests to a service \"%s\". %s"
            .formatted(described(), service, Listed.instead(service, route.services()));
      }
    }
    return "No rule of the %s has both services \"%s\" and \"%s\" among its backendRefs"
        .formatted(described(), settings.stable(), settings.canary());
  }

  private RolloutException failed(String verb, KubernetesFailure failure) throws RolloutException {
    String message =
        switch (failure.status()) {
          case KubernetesFailure.UNAUTHORIZED ->
              "Kubernetes at %s does not accept the token of %s. Its service account must exist, and"
                      .formatted(address.url(), address.tokenFile())
                  + " the token must not have ended.";
          case KubernetesFailure.FORBIDDEN ->
              ("The account of this process may not %s httproutes of gateway.networking.k8s.io in"
                      + " namespace %s. Give it a Role with the verbs get and patch. (%s)")
                  .formatted(verb, address.namespace(), failure.getMessage());
          case KubernetesFailure.NOT_FOUND -> notFound();
          default ->
              "Kubernetes refused to %s the %s: %s"
                  .formatted(verb, described(), failure.getMessage());
        };
    return new RolloutException(message, failure);
  }

  private String notFound() throws RolloutException {
    String none = "There is no %s.".formatted(described());
    try {
      List<String> names = new ArrayList<>();
      if (request().get(collection()).get("items") instanceof List<?> items) {
        for (Object item : items) {
          if (item instanceof Map<?, ?> route
              && route.get("metadata") instanceof Map<?, ?> metadata
              && metadata.get("name") instanceof String name) {
            names.add(name);
          }
        }
      }
      return none + " " + Listed.instead(settings.route(), names);
    } catch (KubernetesFailure failure) {
      return failure.status() == KubernetesFailure.NOT_FOUND
          ? none + " The cluster does not have the Gateway API's v1; install its definitions."
          : none; // routes need not be listed by this account
    }
  }

  private String described() {
    return "HTTPRoute \"%s\" in namespace \"%s\"".formatted(settings.route(), address.namespace());
  }

  private String collection() {
    return GROUP + address.namespace() + "/httproutes";
  }

  private String path() {
    return collection() + "/" + settings.route();
  }

  private KubernetesApi request() throws RolloutException {
    KubernetesApi present = api;
    if (present == null) {
      present = new KubernetesApi(address);
      api = present;
    }
    return present;
  }
}
