package io.gild.console;

import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which calls a query is about; absent parameters exclude none. */
final class CallFilter implements Predicate<CallRow> {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final double NANOS_PER_USD = 1e9;

  private final Query query;
  private final String text;
  private final String trace;
  private final boolean isTrace;
  private final long minNanos;
  private final double minNanoUsd;
  private final long from;
  private final long to;

  CallFilter(Query query) {
    this.query = query;
    this.text = query.text("text").toLowerCase(Locale.ROOT);
    this.trace = TraceIds.prefix(query.text("trace"));
    this.isTrace = TraceIds.isPrefix(text);
    this.minNanos = query.number("minMillis", 0) * NANOS_PER_MILLI;
    this.minNanoUsd = query.decimal("minCostUsd", 0) * NANOS_PER_USD;
    this.from = query.number("from", Long.MIN_VALUE);
    this.to = query.number("to", Long.MAX_VALUE);
  }

  @Override
  public boolean test(CallRow row) {
    return is("agent", row.agent)
        && is("method", row.method)
        && is("outcome", row.outcome.word())
        && is("model", row.model)
        && is("provider", row.provider)
        && is("version", row.version)
        && is("session", row.session)
        && is("kind", row.kind.word())
        && row.durationNanos >= minNanos
        && row.nanoUsd >= minNanoUsd
        && row.startMillis() >= from
        && row.startMillis() <= to
        && (trace.isEmpty() || isIn(row, trace))
        && (text.isEmpty() || hasText(row));
  }

  private boolean is(String name, @Nullable String value) {
    String wanted = query.text(name);
    return wanted.isEmpty() || wanted.equals(value);
  }

  private boolean hasText(CallRow row) {
    return has(row.agent)
        || has(row.method)
        || has(row.model)
        || has(row.error)
        || has(row.session)
        || has(row.version)
        || isTrace && isIn(row, text)
        || String.valueOf(row.number).equals(text);
  }

  private static boolean isIn(CallRow row, String prefix) {
    String trace = row.trace();
    return trace != null && trace.startsWith(prefix);
  }

  private boolean has(@Nullable String value) {
    return value != null && value.toLowerCase(Locale.ROOT).contains(text);
  }
}
