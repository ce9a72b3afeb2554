package io.gild.operations;

import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import io.gild.gates.AuditLog;
import io.gild.operations.spi.Share;
import io.gild.operations.spi.TrafficEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets a share again that another program or a restart of the proxy has changed. */
final class Reassertion {

  private final RolloutPlan plan;
  private final TrafficEngine engine;
  private final AuditLog audit;
  private final Clock clock;

  Reassertion(RolloutPlan plan, TrafficEngine engine, AuditLog audit, Clock clock) {
    this.plan = plan;
    this.engine = engine;
    this.audit = audit;
    this.clock = clock;
  }

  void check(RolloutHistory history) throws RolloutException {
    int wanted = history.share();
    Share found = engine.current(wanted);
    if (found.achieved() == history.last().achieved()) {
      return;
    }
    Share set = engine.set(wanted);
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("event", "rollout-reasserted");
    line.put("rollout", plan.name());
    line.put("run", history.run());
    line.put("number", history.last().number());
    line.put("who", RolloutLog.GILD);
    line.put("engine", engine.name());
    line.put("shareFound", found.achieved());
    line.put("shareWanted", wanted);
    line.put("shareAchieved", set.achieved());
    line.put("reason", "the share had been changed by another program or a restart");
    try {
      audit.append(List.of(line), clock.now());
    } catch (RuntimeException unwritable) {
      GildLog.faultOnce("The audit log " + audit.file(), unwritable);
    }
  }
}
