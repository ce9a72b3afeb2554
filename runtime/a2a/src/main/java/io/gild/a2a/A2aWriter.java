package io.gild.a2a;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes messages, tasks and events in one version. */
final class A2aWriter {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final A2aVersion version;
  private final boolean old;

  A2aWriter(A2aVersion version) {
    this.version = version;
    this.old = version == A2aVersion.V0_3;
  }

  /** Writes an event: in 1.0 below the name of its kind, in 0.3 with its kind inside. */
  Map<String, Object> event(A2aEvent event) {
    if (event instanceof A2aTask task) {
      return wrapped("task", task(task));
    }
    if (event instanceof A2aMessage message) {
      return wrapped("message", message(message));
    }
    if (event instanceof A2aStatusUpdate update) {
      return wrapped("statusUpdate", statusUpdate(update));
    }
    return wrapped("artifactUpdate", artifactUpdate((A2aArtifactUpdate) event));
  }

  private Map<String, Object> wrapped(String name, Map<String, Object> json) {
    return old ? json : Map.of(name, json);
  }

  Map<String, Object> task(A2aTask task) {
    Map<String, Object> json = kind("task");
    json.put("id", task.id());
    putText(json, "contextId", task.contextId());
    json.put("status", status(task.status()));
    putList(json, "artifacts", task.artifacts().stream().map(this::artifact).toList());
    putList(json, "history", task.history().stream().map(this::message).toList());
    putObject(json, "metadata", task.metadata());
    return json;
  }

  Map<String, Object> status(A2aTaskStatus status) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("state", status.state().wireName(version));
    if (status.message() != null) {
      json.put("message", message(status.message()));
    }
    if (status.timestamp() != null) {
      json.put("timestamp", timestamp(status.timestamp()));
    }
    return json;
  }

  Map<String, Object> message(A2aMessage message) {
    Map<String, Object> json = kind("message");
    json.put("messageId", message.messageId());
    putText(json, "contextId", message.contextId());
    putText(json, "taskId", message.taskId());
    json.put("role", message.role().wireName(version));
    json.put("parts", message.parts().stream().map(this::part).toList());
    putObject(json, "metadata", message.metadata());
    putList(json, "extensions", message.extensions());
    putList(json, "referenceTaskIds", message.referenceTaskIds());
    return json;
  }

  Map<String, Object> artifact(A2aArtifact artifact) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("artifactId", artifact.artifactId());
    putText(json, "name", artifact.name());
    putText(json, "description", artifact.description());
    json.put("parts", artifact.parts().stream().map(this::part).toList());
    putObject(json, "metadata", artifact.metadata());
    putList(json, "extensions", artifact.extensions());
    return json;
  }

  Map<String, Object> part(A2aPart part) {
    Map<String, Object> json = old ? oldPart(part) : newPart(part);
    putObject(json, "metadata", part.metadata());
    return json;
  }

  private static Map<String, Object> newPart(A2aPart part) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    if (part instanceof A2aPart.Text text) {
      json.put("text", text.text());
    } else if (part instanceof A2aPart.Raw raw) {
      json.put("raw", raw.base64());
    } else if (part instanceof A2aPart.Url url) {
      json.put("url", url.url());
    } else if (part instanceof A2aPart.Data data) {
      json.put("data", data.data());
    }
    if (part.filename() != null) {
      json.put("filename", part.filename());
    }
    if (part.mediaType() != null) {
      json.put("mediaType", part.mediaType());
    }
    return A2aJson.nonNull(json);
  }

  private static Map<String, Object> oldPart(A2aPart part) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (part instanceof A2aPart.Text text) {
      json.put("kind", "text");
      json.put("text", text.text());
    } else if (part instanceof A2aPart.Raw raw) {
      json.put("kind", "file");
      json.put("file", oldFile(part, "bytes", raw.base64()));
    } else if (part instanceof A2aPart.Url url) {
      json.put("kind", "file");
      json.put("file", oldFile(part, "uri", url.url()));
    } else if (part instanceof A2aPart.Data data) {
      json.put("kind", "data");
      json.put("data", oldData(data.data()));
    }
    return json;
  }

  private static Map<String, Object> oldFile(A2aPart part, String field, String content) {
    Map<String, Object> file = new LinkedHashMap<>();
    putText(file, "name", part.filename());
    putText(file, "mimeType", part.mediaType());
    file.put(field, content);
    return file;
  }

  /** Version 0.3 knows objects only. */
  private static Object oldData(@Nullable Object data) {
    if (data instanceof Map<?, ?>) {
      return data;
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("value", data);
    return object;
  }

  Map<String, Object> statusUpdate(A2aStatusUpdate update) {
    Map<String, Object> json = kind("status-update");
    json.put("taskId", update.taskId());
    json.put("contextId", update.contextId());
    json.put("status", status(update.status()));
    if (old) {
      json.put("final", update.isFinal());
    }
    putObject(json, "metadata", update.metadata());
    return json;
  }

  Map<String, Object> artifactUpdate(A2aArtifactUpdate update) {
    Map<String, Object> json = kind("artifact-update");
    json.put("taskId", update.taskId());
    json.put("contextId", update.contextId());
    json.put("artifact", artifact(update.artifact()));
    if (update.append()) {
      json.put("append", true);
    }
    if (update.lastChunk()) {
      json.put("lastChunk", true);
    }
    putObject(json, "metadata", update.metadata());
    return json;
  }

  Map<String, Object> pushConfig(A2aPushConfig config) {
    Map<String, Object> json = new LinkedHashMap<>();
    putText(json, "id", config.id());
    if (!old) {
      putText(json, "taskId", config.taskId());
    }
    json.put("url", config.url());
    putText(json, "token", config.token());
    if (config.scheme() != null) {
      Map<String, Object> authentication = new LinkedHashMap<>();
      authentication.put(
          old ? "schemes" : "scheme", old ? List.of(config.scheme()) : config.scheme());
      putText(authentication, "credentials", config.credentials());
      json.put("authentication", authentication);
    }
    if (!old) {
      return json;
    }
    Map<String, Object> outer = new LinkedHashMap<>();
    putText(outer, "taskId", config.taskId());
    outer.put("pushNotificationConfig", json);
    return outer;
  }

  private Map<String, Object> kind(String kind) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (old) {
      json.put("kind", kind);
    }
    return json;
  }

  static String timestamp(Instant time) {
    return MILLIS.format(time);
  }

  static void putText(Map<String, Object> json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  static void putList(Map<String, Object> json, String name, List<?> values) {
    if (!values.isEmpty()) {
      json.put(name, values);
    }
  }

  static void putObject(Map<String, Object> json, String name, Map<String, Object> value) {
    if (!value.isEmpty()) {
      json.put(name, value);
    }
  }
}
