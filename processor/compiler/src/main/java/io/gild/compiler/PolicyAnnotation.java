package io.gild.compiler;

import static java.util.stream.Collectors.toMap;

import io.gild.config.PolicyKind;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** The annotations that stand for a policy. */
enum PolicyAnnotation {
  CACHED(PolicyKind.CACHE, "cost", Message.CACHED_NO_MODULE),
  ROUTED(PolicyKind.ROUTE, "cost", Message.ROUTED_NO_MODULE),
  COST_TRACKED(PolicyKind.COST, "cost", Message.COST_TRACKED_NO_MODULE),
  RATE_LIMIT(PolicyKind.RATE_LIMIT, "reliability", Message.RATE_LIMIT_NO_MODULE),
  BULKHEAD(PolicyKind.BULKHEAD, "reliability", Message.BULKHEAD_NO_MODULE),
  RETRY(PolicyKind.RETRY, "reliability", Message.RETRY_NO_MODULE),
  CIRCUIT_BREAKER(PolicyKind.CIRCUIT_BREAKER, "reliability", Message.CIRCUIT_BREAKER_NO_MODULE),
  TIME_LIMIT(PolicyKind.TIME_LIMIT, "reliability", Message.TIME_LIMIT_NO_MODULE),
  FALLBACK(PolicyKind.FALLBACK, "reliability", Message.FALLBACK_NO_MODULE);

  /** By qualified names. */
  static final Map<String, PolicyAnnotation> BY_NAME =
      Arrays.stream(values()).collect(toMap(PolicyAnnotation::qualifiedName, each -> each));

  /** Annotations of methods that are no policies. */
  private static final Set<String> OTHERS =
      Set.of("GoldenTask", "GoldenTasks", "SideEffect", "Idempotent");

  private final PolicyKind kind;
  private final String module;
  private final Message noModule;

  PolicyAnnotation(PolicyKind kind, String module, Message noModule) {
    this.kind = kind;
    this.module = module;
    this.noModule = noModule;
  }

  /** Returns whether a simple name is that of an annotation of methods. */
  static boolean isOneOfGild(String simpleName) {
    return BY_NAME.containsKey(Names.ANNOTATIONS + simpleName) || OTHERS.contains(simpleName);
  }

  String simpleName() {
    return kind.annotation();
  }

  String qualifiedName() {
    return Names.ANNOTATIONS + simpleName();
  }

  /** Returns the key of the policy in configuration and registry. */
  String key() {
    return kind.key();
  }

  /** Returns the module that holds the policy, such as {@code cost}. */
  String module() {
    return module;
  }

  /** Returns a class by which the module is known. */
  String moduleClass() {
    return module.equals("cost")
        ? "io.gild.cost.CostModule"
        : "io.gild.reliability.ReliabilityModule";
  }

  Message noModule() {
    return noModule;
  }
}
