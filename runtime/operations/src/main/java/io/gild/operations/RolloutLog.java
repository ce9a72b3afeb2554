package io.gild.operations;

import io.gild.config.Journal;
import io.gild.config.Json;
import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import io.gild.gates.AuditLog;
import io.gild.operations.spi.Share;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is decided, and applies it to the history: first the decision to the journal; after
 * it was carried out the audit log, and then the journal again. A controller that was killed in
 * between repeats the last decision, which may then stand twice in the audit log, with one number.
 */
final class RolloutLog implements Closeable {

  /** Who decides if no person does. */
  static final String GILD = "gild";

  private final RolloutPlan plan;
  private final RolloutHistory history;
  private final Journal journal;
  private final AuditLog audit;
  private final Clock clock;
  private final Consumer<Map<String, @Nullable Object>> notifier;

  RolloutLog(
      RolloutPlan plan,
      RolloutFolder folder,
      RolloutHistory history,
      AuditLog audit,
      Clock clock,
      Consumer<Map<String, @Nullable Object>> notifier) {
    this.plan = plan;
    this.history = history;
    this.journal = folder.journal(plan.name());
    this.audit = audit;
    this.clock = clock;
    this.notifier = notifier;
  }

  /** Begins a run of the rollout. */
  void start(RolloutState first, String who, String reason) throws IOException {
    Map<String, @Nullable Object> line = line(RolloutLines.STARTED);
    line.put("run", history.run() + 1);
    line.put("agent", plan.agent());
    line.put("from", plan.settings().stable().version());
    line.put("to", plan.settings().canary().version());
    line.put("fingerprint", plan.fingerprint());
    Map<String, @Nullable Object> decision = decision(1, first, 0, who, reason, List.of());
    journal.append(List.of(Json.write(line), Json.write(decision)));
    history.apply(line);
    history.apply(decision);
  }

  /** Records a decision before it is carried out. */
  void decide(
      RolloutState state,
      int share,
      String who,
      String reason,
      List<Map<String, @Nullable Object>> verdicts)
      throws IOException {
    write(decision(history.last().number() + 1, state, share, who, reason, verdicts));
  }

  private Map<String, @Nullable Object> decision(
      long number,
      RolloutState state,
      int share,
      String who,
      String reason,
      List<Map<String, @Nullable Object>> verdicts) {
    Map<String, @Nullable Object> line = line(RolloutLines.DECIDED);
    line.put("number", number);
    line.put("state", state.name());
    line.put("share", share);
    line.put("who", who);
    line.put("reason", reason);
    line.put("verdicts", verdicts);
    return line;
  }

  /** Records that the last decision was carried out. */
  void done(int before, Share set) throws IOException {
    RolloutEvent event = history.last().done(set.achieved(), set.note());
    Map<String, @Nullable Object> decision = auditLine(event, before);
    String unwritten = audited(decision);
    Map<String, @Nullable Object> line = line(RolloutLines.DONE);
    line.put("achieved", set.achieved());
    line.put("note", set.note());
    write(line);
    if (!unwritten.isEmpty()) {
      problem(unwritten);
    }
    try {
      notifier.accept(decision);
    } catch (RuntimeException fault) {
      GildLog.faultOnce("Telling about the rollout " + plan.name(), fault);
    }
  }

  /** A log that was tampered with, or cannot be written, must not keep a bad version in place. */
  private String audited(Map<String, @Nullable Object> decision) {
    try {
      audit.append(List.of(decision), clock.now());
      return "";
    } catch (RuntimeException unwritable) {
      GildLog.faultOnce("The audit log " + audit.file(), unwritable);
      return "the audit log cannot be written: " + unwritable.getMessage();
    }
  }

  private Map<String, @Nullable Object> auditLine(RolloutEvent event, int before) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("event", "rollout");
    line.put("rollout", plan.name());
    line.put("run", history.run());
    line.put("number", event.number());
    line.put("who", event.who());
    line.put("from", plan.settings().stable().version());
    line.put("to", plan.settings().canary().version());
    line.put("state", event.state().name());
    line.put("shareBefore", before);
    line.put("shareWanted", event.share());
    line.put("shareAchieved", event.achieved());
    line.put("note", event.note());
    line.put("reason", event.reason());
    line.put("verdicts", event.verdicts());
    return line;
  }

  /** Records once what keeps the rollout from going on. */
  void problem(String problem) throws IOException {
    if (!problem.equals(history.problem())) {
      Map<String, @Nullable Object> line = line(RolloutLines.PROBLEM);
      line.put("problem", problem);
      write(line);
    }
  }

  /** Records that a request of a person was taken. */
  void taken(long request) throws IOException {
    Map<String, @Nullable Object> line = line(RolloutLines.TAKEN);
    line.put("request", request);
    write(line);
  }

  /** Records the process of the new version; 0 if it was stopped. */
  void process(long pid, Instant since) throws IOException {
    Map<String, @Nullable Object> line = RolloutLines.line(RolloutLines.PROCESS, since);
    line.put("pid", pid);
    write(line);
  }

  private Map<String, @Nullable Object> line(String type) {
    return RolloutLines.line(type, clock.now());
  }

  private void write(Map<String, @Nullable Object> line) throws IOException {
    journal.append(Json.write(line));
    history.apply(line);
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
