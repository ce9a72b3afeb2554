package io.gild.twin;

import io.gild.core.CallKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up lines of a log of calls. A line that has {@code sampled} is multiplied, because it stands
 * for the calls that sampling left out; failures are in the log in any case and count once. Not
 * thread-safe.
 */
final class CallLogSum {

  private static final int NANO_DOLLARS = 9;

  private final Percentiles times = new Percentiles();
  private long lines;
  private double calls;
  private double failed;
  private double refused;
  private double input;
  private double output;
  private double unpriced;
  private BigDecimal cost = BigDecimal.ZERO;

  void add(Map<?, ?> call, String agent) {
    if (!agent.equals(call.get("agent"))
        || !CallKind.AGENT.operationName().equals(call.get("event"))) {
      return;
    }
    double share = share(call.get("sampled"));
    double weight = 1 / share;
    lines++;
    calls += weight;
    failed += "failure".equals(call.get("outcome")) ? weight : 0;
    refused += "refused".equals(call.get("outcome")) ? weight : 0;
    input += weight * number(call.get("inputTokens"));
    output += weight * number(call.get("outputTokens"));
    unpriced += Boolean.TRUE.equals(call.get("unpriced")) ? weight : 0;
    if (call.get("millis") instanceof Number millis) {
      times.add(millis.doubleValue(), weight);
    }
    if (call.get("costUsd") instanceof Number usd) {
      BigDecimal own = new BigDecimal(usd.toString());
      cost =
          cost.add(share < 1 ? own.divide(BigDecimal.valueOf(share), MathContext.DECIMAL64) : own);
    }
  }

  /** Returns the share of the sample that a line belongs to; 1 if it belongs to none. */
  private static double share(@Nullable Object sampled) {
    double share = sampled instanceof Number number ? number.doubleValue() : 1;
    return share > 0 && share < 1 ? share : 1;
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  TwinFigures figures(String source) {
    long all = Math.round(calls);
    return new TwinFigures(
        source,
        all,
        Math.round(failed),
        Math.round(refused),
        Math.round(input),
        Math.round(output),
        cost.scale() > NANO_DOLLARS ? cost.setScale(NANO_DOLLARS, RoundingMode.HALF_UP) : cost,
        Math.round(unpriced),
        times.at(50),
        times.at(95),
        Math.max(0, all - lines));
  }
}
