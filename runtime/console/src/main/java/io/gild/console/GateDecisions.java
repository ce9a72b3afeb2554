package io.gild.console;

import io.gild.config.Json;
import io.gild.gates.AuditLog;
import io.gild.gates.GateVerdict;
import io.gild.gates.Gates;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The newest decisions of gates in the audit log of a data folder. Immutable. */
final class GateDecisions {

  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_REASONS = 5;

  private final List<Map<?, ?>> oldestFirst;

  private GateDecisions(List<Map<?, ?>> oldestFirst) {
    this.oldestFirst = oldestFirst;
  }

  /** Reads the end of the log; lines that are no decisions are skipped. */
  static GateDecisions read(Path data) throws IOException {
    Path file = AuditLog.in(data).file();
    List<Map<?, ?>> decisions = new ArrayList<>();
    if (Files.isRegularFile(file)) {
      for (String line : end(file).split("\n")) {
        if (parsed(line) instanceof Map<?, ?> event && "gate".equals(event.get("event"))) {
          decisions.add(event);
        }
      }
    }
    return new GateDecisions(decisions);
  }

  private static String end(Path file) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      long length = open.length();
      open.seek(Math.max(0, length - MOST_BYTES));
      byte[] bytes = new byte[(int) Math.min(length, MOST_BYTES)];
      open.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static @Nullable Object parsed(String line) {
    try {
      return Json.read(line);
    } catch (IllegalArgumentException cutOrEmpty) {
      return null;
    }
  }

  /** Returns the decision on an agent that was made of a run; {@code null} if there is none. */
  @Nullable Map<String, @Nullable Object> ofRun(String run, String agent) {
    for (int i = oldestFirst.size() - 1; i >= 0; i--) {
      if (run.equals(oldestFirst.get(i).get("at"))) {
        return json(oldestFirst.get(i), agent);
      }
    }
    return null;
  }

  /** Returns the newest decision on each agent at each gate, in the order of the gates. */
  List<Map<String, @Nullable Object>> newest() {
    Map<String, Map<String, Map<String, @Nullable Object>>> byAgent = new TreeMap<>();
    for (Map<?, ?> decision : oldestFirst) {
      for (Map<?, ?> finding : findings(decision)) {
        String agent = text(finding.get("agent"));
        if (!agent.isEmpty()) {
          byAgent
              .computeIfAbsent(agent, absent -> new LinkedHashMap<>())
              .put(text(decision.get("stage")), json(decision, agent));
        }
      }
    }
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Map<String, Map<String, @Nullable Object>> stages : byAgent.values()) {
      for (Gates.Stage stage : Gates.Stage.values()) {
        Map<String, @Nullable Object> decision = stages.get(stage.toString());
        if (decision != null) {
          all.add(decision);
        }
      }
    }
    return all;
  }

  /** Returns a decision as far as it is about an agent, or about all. */
  private static Map<String, @Nullable Object> json(Map<?, ?> decision, String agent) {
    GateVerdict verdict = GateVerdict.PASSED;
    List<String> reasons = new ArrayList<>();
    String passRate = "";
    for (Map<?, ?> finding : findings(decision)) {
      String about = text(finding.get("agent"));
      if (!about.isEmpty() && !about.equals(agent)) {
        continue;
      }
      GateVerdict own = verdict(text(finding.get("verdict")));
      verdict = own.compareTo(verdict) > 0 ? own : verdict;
      if (!own.opens() && reasons.size() < MOST_REASONS) {
        reasons.add(reason(finding));
      }
      if ("pass-rate".equals(finding.get("criterion"))) {
        passRate = text(finding.get("measured")) + ", required is " + text(finding.get("bound"));
      }
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("agent", agent);
    json.put("stage", text(decision.get("stage")));
    json.put("verdict", verdict.toString().toLowerCase(Locale.ROOT));
    json.put("opens", verdict.opens());
    json.put("at", millis(text(decision.get("at"))));
    json.put("version", text(decision.get("version")));
    json.put("passRate", passRate);
    json.put("words", String.join("; ", reasons));
    return json;
  }

  private static List<Map<?, ?>> findings(Map<?, ?> decision) {
    List<Map<?, ?>> findings = new ArrayList<>();
    if (decision.get("findings") instanceof List<?> all) {
      for (Object each : all) {
        if (each instanceof Map<?, ?> finding) {
          findings.add(finding);
        }
      }
    }
    return findings;
  }

  private static String reason(Map<?, ?> finding) {
    return ShortNames.cut(
        text(finding.get("criterion"))
            + ": "
            + text(finding.get("measured"))
            + ", required is "
            + text(finding.get("bound")));
  }

  /** Of a verdict that this version does not know, the gate counts as closed. */
  private static GateVerdict verdict(String name) {
    for (GateVerdict verdict : GateVerdict.values()) {
      if (verdict.name().equals(name)) {
        return verdict;
      }
    }
    return GateVerdict.BLOCKED;
  }

  private static long millis(String time) {
    try {
      return Instant.parse(time).toEpochMilli();
    } catch (DateTimeParseException absent) {
      return 0;
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : String.valueOf(value);
  }
}
