package io.gild.operations;

import io.gild.config.TokenKind;
import io.gild.core.CallEnded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The last calls of a process as numbers, for a rollout that is controlled from another one. The
 * oldest ones make room for new ones. Thread-safe.
 */
final class RecentCalls {

  private static final double NANOS = 1e9;

  /** Marks this process's numbering: another one begins at 1 again. */
  private final String instance = UUID.randomUUID().toString();

  private final @Nullable CallEnded[] ring;
  private long last;

  RecentCalls(int capacity) {
    this.ring = new CallEnded[capacity];
  }

  /** Adds a call, unless no caller got its answer. */
  synchronized void add(CallEnded call) {
    if (call.shadow()) {
      return;
    }
    last++;
    ring[(int) (last % ring.length)] = call;
  }

  /**
   * Returns the calls after a number.
   *
   * @param after number of the last call that is known; 0 for none
   * @param most the most calls to return
   */
  Map<String, @Nullable Object> after(long after, int most) {
    List<@Nullable CallEnded> calls = new ArrayList<>();
    long first;
    synchronized (this) {
      long known = after > last ? 0 : Math.max(0, after);
      first = Math.max(known, last - ring.length) + 1;
      for (long number = first; number <= last && calls.size() < most; number++) {
        calls.add(ring[(int) (number % ring.length)]);
      }
    }
    List<Map<String, @Nullable Object>> lines = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      CallEnded call = calls.get(i);
      if (call != null) {
        lines.add(line(first + i, call));
      }
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("instance", instance);
    answer.put("next", first + calls.size() - 1);
    answer.put("lost", Math.max(0, first - 1 - Math.max(0, after)));
    answer.put("calls", lines);
    return answer;
  }

  private static Map<String, @Nullable Object> line(long number, CallEnded call) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("seq", number);
    line.put("kind", call.method().kind().name().toLowerCase(Locale.ROOT));
    line.put("agent", call.method().agent());
    line.put("method", call.method().methodName());
    line.put("version", call.method().version());
    line.put("seconds", call.elapsed().toNanos() / NANOS);
    line.put("outcome", call.outcome().name().toLowerCase(Locale.ROOT));
    line.put("attempts", call.attempts());
    line.put("usd", call.nanoUsd() < 0 ? null : call.nanoUsd() / NANOS);
    long tokens = call.usage().get(TokenKind.INPUT) + call.usage().get(TokenKind.OUTPUT);
    line.put("tokens", tokens == 0 ? null : tokens);
    return line;
  }
}
