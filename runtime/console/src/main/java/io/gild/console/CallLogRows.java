package io.gild.console;

import io.gild.config.Json;
import io.gild.config.TokenKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a call log, which has one JSON object per line. Absent and unknown fields are fine,
 * lines of other events are left out, and lines that are none are counted. Immutable.
 */
final class CallLogRows implements CallRows {

  private static final int MOST = 200_000;

  private final List<CallRow> rows;
  private final long dropped;
  private final long unreadable;
  private final CallLogGaps gaps;

  private CallLogRows(List<CallRow> rows, long dropped, long unreadable, CallLogGaps gaps) {
    this.gaps = gaps;
    this.rows = rows;
    this.dropped = dropped;
    this.unreadable = unreadable;
  }

  static CallLogRows read(Path file) throws IOException {
    Deque<CallRow> rows = new ArrayDeque<>();
    long number = 0;
    long unreadable = 0;
    long dropped = 0;
    CallLogGaps gaps = new CallLogGaps();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        Map<?, ?> content = object(line);
        if (content != null && isOther(content)) {
          gaps.add(content);
          continue;
        }
        CallRow row = content == null ? null : row(content, number + 1);
        if (content == null || row == null) {
          unreadable++;
          continue;
        }
        gaps.add(content);
        number++;
        rows.addLast(row);
        if (rows.size() > MOST) {
          rows.removeFirst();
          dropped++;
        }
      }
    }
    return new CallLogRows(own(new ArrayList<>(rows)), dropped, unreadable, gaps);
  }

  /**
   * Gives tokens and money to the agents' calls, which contain those of their models; or to the
   * models if there are no agents.
   */
  private static List<CallRow> own(List<CallRow> rows) {
    boolean agents = rows.stream().anyMatch(row -> row.kind == CallRow.Kind.AGENT);
    for (CallRow row : rows) {
      row.parent = agents && row.kind != CallRow.Kind.AGENT ? -1 : 0;
      if (row.parent == 0) {
        row.ownNanoUsd = row.nanoUsd;
        row.ownTokens[TokenKind.INPUT.ordinal()] =
            (int) Math.min(Integer.MAX_VALUE, row.inputTokens);
        row.ownTokens[TokenKind.OUTPUT.ordinal()] =
            (int) Math.min(Integer.MAX_VALUE, row.outputTokens);
      }
    }
    return rows;
  }

  private static @Nullable Map<?, ?> object(String line) {
    try {
      return Json.read(line) instanceof Map<?, ?> map ? map : null;
    } catch (IllegalArgumentException noJson) {
      return null;
    }
  }

  /** Returns whether a line is about a decision, or about lines that are lost. */
  private static boolean isOther(Map<?, ?> line) {
    String event = text(line, "event");
    return !line.containsKey("outcome")
        && (line.containsKey("lost") || kind(event) == CallRow.Kind.OTHER);
  }

  private static @Nullable CallRow row(Map<?, ?> map, long number) {
    if (!(map.get("agent") instanceof String agent)) {
      return null;
    }
    CallRow row = new CallRow();
    row.sequence = number;
    row.number = number;
    row.root = number;
    row.agent = ShortNames.cut(agent);
    row.method = text(map, "method");
    row.version = text(map, "version");
    row.kind = kind(text(map, "event"));
    row.outcome = outcome(text(map, "outcome"));
    row.error = optional(map, "error");
    row.model = optional(map, "model");
    row.cache = optional(map, "cache");
    row.endMillis = time(text(map, "time"));
    row.durationNanos = (long) (number(map, "millis").doubleValue() * 1e6);
    row.startNanos = row.endMillis * 1_000_000 - row.durationNanos;
    row.attempts = number(map, "attempts").intValue();
    row.inputTokens = Math.max(0, number(map, "inputTokens").longValue());
    row.outputTokens = Math.max(0, number(map, "outputTokens").longValue());
    row.nanoUsd = number(map, "costUsd").movePointRight(9).longValue();
    row.traceHigh = TraceIds.high(text(map, "trace"));
    row.traceLow = TraceIds.low(text(map, "trace"));
    row.span = TraceIds.span(text(map, "span"));
    row.flags = Boolean.TRUE.equals(map.get("shadow")) ? CallRow.SHADOW : 0;
    return row;
  }

  private static String text(Map<?, ?> map, String name) {
    return map.get(name) instanceof String text ? ShortNames.cut(text) : "";
  }

  private static @Nullable String optional(Map<?, ?> map, String name) {
    String text = text(map, name);
    return text.isEmpty() ? null : text;
  }

  private static BigDecimal number(Map<?, ?> map, String name) {
    Object value = map.get(name);
    if (value instanceof Long number) {
      return BigDecimal.valueOf(number);
    }
    return value instanceof BigDecimal number && Math.abs((long) number.scale()) < 100
        ? number
        : BigDecimal.ZERO;
  }

  private static long time(String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException absent) {
      return 0;
    }
  }

  private static CallRow.Kind kind(String event) {
    return switch (event) {
      case "", "invoke_agent" -> CallRow.Kind.AGENT;
      case "chat" -> CallRow.Kind.MODEL;
      case "embeddings" -> CallRow.Kind.EMBEDDING;
      case "execute_tool" -> CallRow.Kind.TOOL;
      default -> CallRow.Kind.OTHER;
    };
  }

  private static CallRow.Outcome outcome(String word) {
    for (CallRow.Outcome outcome : CallRow.Outcome.values()) {
      if (outcome.word().equals(word.toLowerCase(Locale.ROOT))) {
        return outcome;
      }
    }
    return CallRow.Outcome.SUCCESS;
  }

  List<CallRow> rows() {
    return rows;
  }

  long unreadable() {
    return unreadable;
  }

  /** Returns the calls that the log does not have. */
  CallLogGaps gaps() {
    return gaps;
  }

  @Override
  public void newestFirst(Predicate<CallRow> visitor) {
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (!visitor.test(rows.get(i))) {
        return;
      }
    }
  }

  @Override
  public long capacity() {
    return MOST;
  }

  @Override
  public long held() {
    return rows.size();
  }

  @Override
  public long overwritten() {
    return dropped;
  }

  @Override
  public long dropped() {
    return unreadable;
  }
}
