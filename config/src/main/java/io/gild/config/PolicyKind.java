package io.gild.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The kinds of policy, in the order in which a call passes them. */
public enum PolicyKind {
  /** Spans, meters, log lines. */
  OBSERVE(""),
  /** Answers from memory. */
  CACHE("Cached"),
  /** The choice of a model tier. */
  ROUTE("Routed"),
  /** Tokens, money and budgets. */
  COST("CostTracked"),
  /** Calls started per period. */
  RATE_LIMIT("RateLimit"),
  /** Calls running at once. */
  BULKHEAD("Bulkhead"),
  /** Repeated attempts. */
  RETRY("Retry"),
  /** Refusal of what keeps failing. */
  CIRCUIT_BREAKER("CircuitBreaker"),
  /** Time per attempt. */
  TIME_LIMIT("TimeLimit"),
  /** Another answer when all failed. */
  FALLBACK("Fallback");

  private static final Map<String, PolicyKind> BY_ANNOTATION = byAnnotation();

  private final String annotation;
  private final String key = Keys.kebab(this);

  PolicyKind(String annotation) {
    this.annotation = annotation;
  }

  /**
   * Finds the kind that an annotation declares.
   *
   * @param simpleName simple name of the annotation, such as {@code CostTracked}
   * @return the kind; empty if the annotation declares no policy
   */
  public static Optional<PolicyKind> declaredBy(String simpleName) {
    return Optional.ofNullable(BY_ANNOTATION.get(simpleName));
  }

  /**
   * Returns the annotation that declares such a policy.
   *
   * @return its simple name; empty if there is none
   */
  public String annotation() {
    return annotation;
  }

  /**
   * Returns the name in configuration files.
   *
   * @return the kebab-case key, such as {@code circuit-breaker}
   */
  public String key() {
    return key;
  }

  /**
   * Returns this kind's bit in a set of kinds.
   *
   * @return one bit
   */
  public int bit() {
    return 1 << ordinal();
  }

  private static Map<String, PolicyKind> byAnnotation() {
    Map<String, PolicyKind> kinds = new HashMap<>();
    for (PolicyKind kind : values()) {
      if (!kind.annotation.isEmpty()) {
        kinds.put(kind.annotation, kind);
      }
    }
    return kinds;
  }
}
