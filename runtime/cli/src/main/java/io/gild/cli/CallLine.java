package io.gild.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call as a line of a terminal. */
final class CallLine {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private CallLine() {}

  static String of(Map<String, ? extends @Nullable Object> call) {
    BigDecimal cost = TopTable.decimal(call.get("costUsd"));
    return "%s %s/%s %s.%s %s %s%s: %s"
        .formatted(
            TIME.format(
                Instant.ofEpochMilli(TopTable.decimal(call.get("start")).longValue())
                    .atZone(ZoneId.systemDefault())),
            TopTable.text(call.get("jvm")),
            TopTable.text(call.get("id")),
            TopTable.text(call.get("agent")),
            TopTable.text(call.get("method")),
            TopTable.text(call.get("outcome")),
            TopTable.micros(call.get("durationMicros")),
            cost.signum() == 0 ? "" : " " + NumberText.dollars(cost),
            TopTable.text(call.get("words")));
  }
}
