package io.gild.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of a rollout's journal, applied in order; the last run counts. */
final class RolloutHistory {

  /** A process that the rollout started. */
  record StartedProcess(long pid, Instant since) {}

  private final String name;
  private String agent = "";
  private long run;
  private String stable = "";
  private String canary = "";
  private String fingerprint = "";
  private Instant started = Instant.EPOCH;
  private final List<RolloutEvent> events = new ArrayList<>();
  private String problem = "";
  private long requestsTaken;
  private @Nullable StartedProcess process;

  RolloutHistory(String name) {
    this.name = name;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  String fingerprint() {
    return fingerprint;
  }

  long run() {
    return run;
  }

  /** Returns how many requests of people were taken, in all runs. */
  long requestsTaken() {
    return requestsTaken;
  }

  @Nullable StartedProcess process() {
    return process;
  }

  RolloutEvent last() {
    return events.get(events.size() - 1);
  }

  /** Returns whether the last decision still has to be carried out. */
  boolean isPending() {
    return !isEmpty() && last().achieved() < 0;
  }

  /** Returns the share that was set before the last decision. */
  int before() {
    return events.size() < 2 ? 0 : Math.max(0, events.get(events.size() - 2).achieved());
  }

  RolloutState state() {
    return last().state();
  }

  int share() {
    return last().share();
  }

  String problem() {
    return problem;
  }

  void apply(Map<?, ?> line) {
    switch (RolloutLines.text(line, "type")) {
      case RolloutLines.STARTED -> start(line);
      case RolloutLines.DECIDED -> decide(line);
      case RolloutLines.DONE -> done(line);
      case RolloutLines.PROBLEM -> problem = RolloutLines.text(line, "problem");
      case RolloutLines.TAKEN -> requestsTaken = RolloutLines.number(line, "request");
      case RolloutLines.PROCESS -> process(line);
      default -> {} // a later version of Gild wrote it
    }
  }

  private void start(Map<?, ?> line) {
    run = RolloutLines.number(line, "run");
    agent = RolloutLines.text(line, "agent");
    stable = RolloutLines.text(line, "from");
    canary = RolloutLines.text(line, "to");
    fingerprint = RolloutLines.text(line, "fingerprint");
    started = RolloutLines.at(line);
    events.clear();
    problem = "";
    process = null;
  }

  private void process(Map<?, ?> line) {
    long pid = RolloutLines.number(line, "pid");
    process = pid == 0 ? null : new StartedProcess(pid, RolloutLines.at(line));
  }

  private void decide(Map<?, ?> line) {
    events.add(
        new RolloutEvent(
            RolloutLines.number(line, "number"),
            RolloutLines.at(line),
            RolloutState.valueOf(RolloutLines.text(line, "state")),
            (int) RolloutLines.number(line, "share"),
            -1,
            "",
            RolloutLines.text(line, "who"),
            RolloutLines.text(line, "reason"),
            RolloutLines.maps(line, "verdicts")));
  }

  private void done(Map<?, ?> line) {
    RolloutEvent last = events.remove(events.size() - 1);
    events.add(
        last.done((int) RolloutLines.number(line, "achieved"), RolloutLines.text(line, "note")));
    problem = "";
  }

  RolloutRecord toRecord() {
    RolloutEvent last = last();
    return new RolloutRecord(
        name,
        agent,
        run,
        stable,
        canary,
        last.state(),
        started,
        last.share(),
        last.achieved(),
        last.reason(),
        problem,
        events);
  }
}
