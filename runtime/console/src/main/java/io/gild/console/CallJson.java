package io.gild.console;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls as the console's interface has them. */
final class CallJson {

  private CallJson() {}

  static BigDecimal usd(long nanoUsd) {
    return BigDecimal.valueOf(nanoUsd, 9).stripTrailingZeros();
  }

  /** Returns a call without the number of its spans. */
  static Map<String, @Nullable Object> call(CallRow row, String jvm) {
    Map<String, @Nullable Object> call = new LinkedHashMap<>();
    call.put("jvm", jvm);
    call.put("id", String.valueOf(row.number));
    call.put("agent", row.agent);
    call.put("method", row.method);
    call.put("version", row.version);
    call.put("kind", row.kind.word());
    call.put("start", row.startMillis());
    call.put("durationMicros", row.durationNanos / 1_000);
    call.put("outcome", row.outcome.word());
    call.put("error", row.error == null ? "" : row.error);
    call.put("attempts", row.attempts);
    call.put("httpAttempts", row.httpAttempts);
    call.put("model", row.model);
    call.put("provider", row.provider);
    call.put("cache", row.cache);
    call.put("costUsd", usd(row.nanoUsd));
    call.put("priced", row.isPriced());
    call.put("inputTokens", row.inputTokens);
    call.put("outputTokens", row.outputTokens);
    call.put("session", row.session);
    call.put("trace", row.trace());
    call.put("span", row.spanId());
    call.put("shadow", row.isShadow());
    call.put("words", CallWords.of(row));
    return call;
  }
}
