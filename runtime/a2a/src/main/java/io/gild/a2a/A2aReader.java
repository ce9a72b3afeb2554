package io.gild.a2a;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads messages, tasks and events of either version. */
final class A2aReader {

  private A2aReader() {}

  static A2aEvent event(A2aFields json) {
    A2aFields wrapped;
    if ((wrapped = json.fieldsOrNull("task")) != null) {
      return task(wrapped);
    }
    if ((wrapped = json.fieldsOrNull("message")) != null) {
      return message(wrapped);
    }
    if ((wrapped = json.fieldsOrNull("statusUpdate")) != null) {
      return statusUpdate(wrapped);
    }
    if ((wrapped = json.fieldsOrNull("artifactUpdate")) != null) {
      return artifactUpdate(wrapped);
    }
    return byKind(json);
  }

  private static A2aEvent byKind(A2aFields json) {
    String kind = json.text("kind", "");
    return switch (kind) {
      case "task" -> task(json);
      case "message" -> message(json);
      case "status-update" -> statusUpdate(json);
      case "artifact-update" -> artifactUpdate(json);
      default ->
          throw new IllegalArgumentException(
              "an event must contain task, message, statusUpdate or artifactUpdate, or be of such a"
                  + " kind, but its fields are "
                  + json.json().keySet());
    };
  }

  static A2aTask task(A2aFields json) {
    return json.checked(fields ->
        new A2aTask(
            fields.text("id"),
            fields.textOrNull("contextId"),
            status(fields.fields("status")),
            fields.list("artifacts", A2aReader::artifact),
            fields.list("history", A2aReader::message),
            fields.object("metadata")));
  }

  static A2aTaskStatus status(A2aFields json) {
    return json.checked(fields -> {
      A2aFields message = fields.fieldsOrNull("message");
      return new A2aTaskStatus(
          A2aTaskState.of(fields.text("state")),
          message == null ? null : message(message),
          fields.instantOrNull("timestamp"));
    });
  }

  static A2aMessage message(A2aFields json) {
    return json.checked(fields ->
        new A2aMessage(
            fields.text("messageId"),
            fields.textOrNull("contextId"),
            fields.textOrNull("taskId"),
            A2aRole.of(fields.text("role")),
            parts(fields),
            fields.object("metadata"),
            fields.texts("extensions"),
            fields.texts("referenceTaskIds")));
  }

  static A2aArtifact artifact(A2aFields json) {
    return json.checked(fields ->
        new A2aArtifact(
            fields.text("artifactId"),
            fields.textOrNull("name"),
            fields.textOrNull("description"),
            parts(fields),
            fields.object("metadata"),
            fields.texts("extensions")));
  }

  private static List<A2aPart> parts(A2aFields fields) {
    List<A2aPart> parts = fields.list("parts", A2aReader::part);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("parts must contain at least one part");
    }
    return parts;
  }

  static A2aPart part(A2aFields json) {
    return json.checked(fields ->
        fields.has("kind") && fields.fieldsOrNull("file") != null
            ? file(fields, fields.fields("file"))
            : content(fields));
  }

  private static A2aPart content(A2aFields fields) {
    String filename = fields.textOrNull("filename");
    String mediaType = fields.textOrNull("mediaType");
    if (fields.get("text") != null) {
      return new A2aPart.Text(
          fields.text("text", ""), filename, mediaType, fields.object("metadata"));
    }
    if (fields.get("raw") != null) {
      return new A2aPart.Raw(
          fields.text("raw", ""), filename, mediaType, fields.object("metadata"));
    }
    if (fields.get("url") != null) {
      return new A2aPart.Url(fields.text("url"), filename, mediaType, fields.object("metadata"));
    }
    if (fields.has("data")) {
      return new A2aPart.Data(fields.get("data"), filename, mediaType, fields.object("metadata"));
    }
    throw new IllegalArgumentException(
        "a part must contain text, raw, url or data, but its fields are " + fields.json().keySet());
  }

  /** Reads the part of version 0.3 that is a file. */
  private static A2aPart file(A2aFields part, A2aFields file) {
    String name = file.textOrNull("name");
    String mediaType = file.textOrNull("mimeType");
    if (file.get("bytes") != null) {
      return new A2aPart.Raw(file.text("bytes", ""), name, mediaType, part.object("metadata"));
    }
    return new A2aPart.Url(file.text("uri"), name, mediaType, part.object("metadata"));
  }

  static A2aStatusUpdate statusUpdate(A2aFields json) {
    return json.checked(fields ->
        new A2aStatusUpdate(
            fields.text("taskId"),
            fields.text("contextId"),
            status(fields.fields("status")),
            fields.object("metadata")));
  }

  static A2aArtifactUpdate artifactUpdate(A2aFields json) {
    return json.checked(fields ->
        new A2aArtifactUpdate(
            fields.text("taskId"),
            fields.text("contextId"),
            artifact(fields.fields("artifact")),
            fields.flag("append", false),
            fields.flag("lastChunk", false),
            fields.object("metadata")));
  }

  /** Reads a configuration of either version: 0.3 puts the configuration below the task's id. */
  static A2aPushConfig pushConfig(A2aFields json) {
    return json.checked(fields -> {
      A2aFields nested = fields.fieldsOrNull("pushNotificationConfig");
      A2aFields config = nested == null ? fields : nested;
      A2aFields authentication = config.fieldsOrNull("authentication");
      return new A2aPushConfig(
          config.textOrNull("id"),
          fields.textOrNull("taskId"),
          config.text("url"),
          config.textOrNull("token"),
          authentication == null ? null : scheme(authentication),
          authentication == null ? null : authentication.textOrNull("credentials"));
    });
  }

  private static @Nullable String scheme(A2aFields authentication) {
    String scheme = authentication.textOrNull("scheme");
    List<String> schemes = authentication.texts("schemes");
    return scheme == null && !schemes.isEmpty() ? schemes.get(0) : scheme;
  }
}
