package io.gild.synchronizers.redis;

import io.gild.core.GildRuntime;
import io.gild.core.MethodSpec;

/** Calls of a method whose bulkhead is shared through Redis. */
final class BulkheadCalls {

  /** Settings in which a URL is missing. */
  static final String SETTINGS =
      """
      mode: enforce
      synchronizers: {engine: redis, redis: {url: '%s', timeout: 10s}}
      agents:
        - match: com.acme.Desk#answer
          bulkhead: {max-concurrent-calls: 1, scope: shared}
      """;

  private BulkheadCalls() {}

  static Object call(GildRuntime runtime) {
    MethodSpec spec =
        MethodSpec.of(
            "support", "com.acme.Desk", "answer", "(Ljava/lang/String;)Ljava/lang/String;");
    return runtime.method(spec).call(null, arguments -> "answer", "question");
  }
}
