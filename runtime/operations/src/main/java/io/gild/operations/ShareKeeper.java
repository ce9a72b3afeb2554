package io.gild.operations;

import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import io.gild.gates.AuditLog;
import io.gild.operations.spi.Share;
import io.gild.operations.spi.TrafficEngine;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sets the shares that were decided, and sets them again if another program or a restart of the
 * proxy changes them.
 */
final class ShareKeeper {

  private final RolloutPlan plan;
  private final TrafficEngine engine;
  private final RolloutHistory history;
  private final RolloutLog log;
  private final AuditLog audit;
  private final Clock clock;
  private String problem = "";
  private long silent;

  ShareKeeper(
      RolloutPlan plan,
      TrafficEngine engine,
      RolloutHistory history,
      RolloutLog log,
      AuditLog audit,
      Clock clock) {
    this.plan = plan;
    this.engine = engine;
    this.history = history;
    this.log = log;
    this.audit = audit;
    this.clock = clock;
  }

  /** Sets the share of the last decision; returns whether that is done. */
  boolean carryOut(long passed) throws IOException {
    try {
      Share set = engine.set(history.share());
      log.done(history.before(), set);
      answered();
      return true;
    } catch (RolloutException failed) {
      failed(failed, passed);
      return false;
    }
  }

  /** Sets a share again that was changed. */
  void check(long passed) throws IOException {
    try {
      Share found = engine.current(history.share());
      if (found.achieved() != history.last().achieved()) {
        record(found, engine.set(history.share()));
      }
      answered();
      log.problem("");
    } catch (RolloutException failed) {
      failed(failed, passed);
    }
  }

  private void answered() {
    silent = 0;
    problem = "";
  }

  private void failed(RolloutException failure, long passed) throws IOException {
    problem = String.valueOf(failure.getMessage());
    silent += passed;
    log.problem(problem);
  }

  /** Returns why shares cannot be set any more, or an empty text. */
  String lost() {
    return silent >= plan.defaults().silence().toNanos() && !problem.isEmpty()
        ? "the shares could not be set: " + problem
        : "";
  }

  /** Returns whether calls of the new version still run. */
  boolean isCanaryBusy() {
    try {
      return engine.running(true) > 0;
    } catch (RolloutException unknown) {
      return false;
    }
  }

  /** Gives the present version all calls although nothing can be written down. */
  void takeBackUnwritten() {
    try {
      engine.set(0);
    } catch (RolloutException failed) {
      GildLog.faultOnce("Taking back the rollout " + plan.name(), failed);
    }
  }

  private void record(Share found, Share set) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("event", "rollout-reasserted");
    line.put("rollout", plan.name());
    line.put("run", history.run());
    line.put("number", history.last().number());
    line.put("who", RolloutLog.GILD);
    line.put("engine", engine.name());
    line.put("shareFound", found.achieved());
    line.put("shareWanted", history.share());
    line.put("shareAchieved", set.achieved());
    line.put("reason", "the share had been changed by another program or a restart");
    try {
      audit.append(List.of(line), clock.now());
    } catch (RuntimeException unwritable) {
      GildLog.faultOnce("The audit log " + audit.file(), unwritable);
    }
  }
}
