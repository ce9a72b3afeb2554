package io.gild.a2a.server;

import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aVersion;
import io.gild.a2a.spi.PushTarget;
import io.gild.a2a.spi.StoredTask;
import io.gild.a2a.spi.TaskOwner;
import io.gild.config.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes and reads stored tasks as lines of JSON. */
final class TaskLines {

  /**
   * A line.
   *
   * @param owner the agent and tenant
   * @param taskId the task
   * @param stored the task, or {@code null} if it was removed
   */
  record Entry(TaskOwner owner, String taskId, @Nullable StoredTask stored) {}

  private TaskLines() {}

  static String write(TaskOwner owner, StoredTask stored) {
    Map<String, Object> json = head(owner, stored.task().id());
    json.put("updated", stored.updated().toString());
    json.put("task", A2aJson.writeTask(stored.task(), A2aVersion.V1_0));
    List<Object> targets = new ArrayList<>();
    for (PushTarget target : stored.targets()) {
      Map<String, Object> written = new LinkedHashMap<>();
      written.put("version", target.version().text());
      written.put("config", A2aJson.writePushConfig(target.config(), A2aVersion.V1_0));
      targets.add(written);
    }
    json.put("targets", targets);
    return Json.write(json);
  }

  static String writeRemoved(TaskOwner owner, String taskId) {
    return Json.write(head(owner, taskId));
  }

  private static Map<String, Object> head(TaskOwner owner, String taskId) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("agent", owner.agent());
    json.put("tenant", owner.tenant());
    json.put("id", taskId);
    return json;
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is torn
   */
  static Entry read(String line) {
    if (!(Json.read(line) instanceof Map<?, ?> json)
        || !(json.get("agent") instanceof String agent)
        || !(json.get("tenant") instanceof String tenant)
        || !(json.get("id") instanceof String id)) {
      throw new IllegalArgumentException("expected agent, tenant and id, but found " + line);
    }
    TaskOwner owner = new TaskOwner(agent, tenant);
    if (json.get("task") == null) {
      return new Entry(owner, id, null);
    }
    A2aTask task = A2aJson.task(json.get("task"));
    return new Entry(owner, id, new StoredTask(task, updated(json), targets(json)));
  }

  private static Instant updated(Map<?, ?> json) {
    try {
      return Instant.parse(String.valueOf(json.get("updated")));
    } catch (DateTimeException invalid) {
      throw new IllegalArgumentException("updated must be a time", invalid);
    }
  }

  private static List<PushTarget> targets(Map<?, ?> json) {
    List<PushTarget> targets = new ArrayList<>();
    if (json.get("targets") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> target) {
          A2aVersion version = A2aVersion.of(String.valueOf(target.get("version")));
          targets.add(
              new PushTarget(
                  A2aJson.pushConfig(target.get("config")),
                  version == null ? A2aVersion.V1_0 : version));
        }
      }
    }
    return targets;
  }
}
