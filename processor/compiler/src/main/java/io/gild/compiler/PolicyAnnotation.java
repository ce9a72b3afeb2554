package io.gild.compiler;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.Map;

/** The annotations that stand for a policy. */
enum PolicyAnnotation {
  CACHED("Cached", "cache", "cost", Message.CACHED_NO_MODULE),
  ROUTED("Routed", "route", "cost", Message.ROUTED_NO_MODULE),
  COST_TRACKED("CostTracked", "cost", "cost", Message.COST_TRACKED_NO_MODULE),
  RATE_LIMIT("RateLimit", "rate-limit", "reliability", Message.RATE_LIMIT_NO_MODULE),
  BULKHEAD("Bulkhead", "bulkhead", "reliability", Message.BULKHEAD_NO_MODULE),
  RETRY("Retry", "retry", "reliability", Message.RETRY_NO_MODULE),
  CIRCUIT_BREAKER(
      "CircuitBreaker", "circuit-breaker", "reliability", Message.CIRCUIT_BREAKER_NO_MODULE),
  TIME_LIMIT("TimeLimit", "time-limit", "reliability", Message.TIME_LIMIT_NO_MODULE),
  FALLBACK("Fallback", "fallback", "reliability", Message.FALLBACK_NO_MODULE);

  /** By qualified names. */
  static final Map<String, PolicyAnnotation> BY_NAME =
      Arrays.stream(values()).collect(toMap(PolicyAnnotation::qualifiedName, each -> each));

  private final String simpleName;
  private final String key;
  private final String module;
  private final Message noModule;

  PolicyAnnotation(String simpleName, String key, String module, Message noModule) {
    this.simpleName = simpleName;
    this.key = key;
    this.module = module;
    this.noModule = noModule;
  }

  String simpleName() {
    return simpleName;
  }

  String qualifiedName() {
    return Names.ANNOTATIONS + simpleName;
  }

  /** Returns the key of the policy in configuration and registry. */
  String key() {
    return key;
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
