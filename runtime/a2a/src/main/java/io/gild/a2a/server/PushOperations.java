package io.gild.a2a.server;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aFields;
import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aPushConfig;
import io.gild.a2a.A2aVersion;
import io.gild.a2a.spi.PushTarget;
import io.gild.a2a.spi.TaskOwner;
import io.gild.config.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The operations on the configurations of push notifications. */
final class PushOperations {

  private static final int MOST_TARGETS = 20;

  private final LiveTasks tasks;
  private final PushSender sender;

  PushOperations(LiveTasks tasks, PushSender sender) {
    this.tasks = tasks;
    this.sender = sender;
  }

  /**
   * Checks a configuration.
   *
   * @throws IllegalArgumentException if nothing may be pushed there
   */
  PushTarget target(A2aPushConfig config, A2aVersion version) {
    sender.addresses().check(config);
    return new PushTarget(config, version);
  }

  /** Adds a target to a task, in place of the one with its id. */
  PushTarget add(LiveTask live, PushTarget target) {
    String id = target.config().id() == null ? UUID.randomUUID().toString() : target.config().id();
    PushTarget added = new PushTarget(target.config().of(live.id(), id), target.version());
    List<PushTarget> changed = new ArrayList<>(live.targets());
    changed.removeIf(each -> id.equals(each.config().id()));
    if (changed.size() >= MOST_TARGETS) {
      throw new A2aException(
          A2aErrorCode.INVALID_PARAMS,
          "a task must not have more than " + MOST_TARGETS + " push notification configurations");
    }
    changed.add(added);
    live.targets(changed);
    return added;
  }

  String create(TaskOwner owner, A2aCaller caller, A2aFields params) {
    A2aPushConfig config = A2aJson.pushConfig(params);
    PushTarget target = target(config, caller.version());
    String taskId = config.taskId();
    if (taskId == null) {
      throw new IllegalArgumentException("taskId is required, but absent");
    }
    LiveTask live = tasks.hold(owner, taskId);
    try {
      synchronized (live) {
        PushTarget added = add(live, target);
        return Json.write(A2aJson.writePushConfig(added.config(), caller.version()));
      }
    } finally {
      tasks.release(live);
    }
  }

  String get(TaskOwner owner, A2aCaller caller, A2aFields params) {
    String taskId = taskId(params, caller);
    List<PushTarget> targets = tasks.get(owner, taskId).targets();
    String id = configId(params, caller);
    if (id == null && caller.isOld() && !targets.isEmpty()) {
      return write(targets.get(0), caller);
    }
    for (PushTarget target : targets) {
      if (id == null ? false : id.equals(target.config().id())) {
        return write(target, caller);
      }
    }
    throw new A2aException(
        A2aErrorCode.TASK_NOT_FOUND,
        "the task " + taskId + " has no push notification configuration \"" + id + "\"");
  }

  String list(TaskOwner owner, A2aCaller caller, A2aFields params) {
    List<Object> configs = new ArrayList<>();
    for (PushTarget target : tasks.get(owner, taskId(params, caller)).targets()) {
      configs.add(A2aJson.writePushConfig(target.config(), caller.version()));
    }
    if (caller.isOld()) {
      return Json.write(configs);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("configs", configs);
    json.put("nextPageToken", "");
    return Json.write(json);
  }

  String delete(TaskOwner owner, A2aCaller caller, A2aFields params) {
    LiveTask live = tasks.hold(owner, taskId(params, caller));
    try {
      String id = configId(params, caller);
      synchronized (live) {
        List<PushTarget> changed = new ArrayList<>(live.targets());
        if (changed.removeIf(each -> id == null || id.equals(each.config().id()))) {
          live.targets(changed);
        }
      }
      sender.forget(owner, live.id(), id);
      return caller.isOld() ? "null" : "{}";
    } finally {
      tasks.release(live);
    }
  }

  private static String write(PushTarget target, A2aCaller caller) {
    return Json.write(A2aJson.writePushConfig(target.config(), caller.version()));
  }

  /** Version 0.3 calls the task {@code id}, and the configuration by a longer name. */
  private static String taskId(A2aFields params, A2aCaller caller) {
    return caller.isOld() ? params.text("id") : params.text("taskId");
  }

  private static @Nullable String configId(A2aFields params, A2aCaller caller) {
    return caller.isOld() ? params.textOrNull("pushNotificationConfigId") : params.text("id");
  }
}
