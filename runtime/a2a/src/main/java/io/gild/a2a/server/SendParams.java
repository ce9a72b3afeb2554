package io.gild.a2a.server;

import io.gild.a2a.A2aFields;
import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPushConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of sending a message.
 *
 * @param message the message
 * @param acceptedOutputModes media types that the client wants
 * @param push where events are pushed to, or {@code null}
 * @param historyLength the most messages of the answer, or {@code null} for all
 * @param returnImmediately whether the answer is given before the end of the task
 * @param metadata JSON
 */
record SendParams(
    A2aMessage message,
    List<String> acceptedOutputModes,
    @Nullable A2aPushConfig push,
    @Nullable Integer historyLength,
    boolean returnImmediately,
    Map<String, Object> metadata) {

  static SendParams read(A2aFields params) {
    A2aMessage message = A2aJson.message(params.fields("message"));
    A2aFields configuration = params.fieldsOrNull("configuration");
    Map<String, Object> metadata = params.object("metadata");
    if (configuration == null) {
      return new SendParams(message, List.of(), null, null, false, metadata);
    }
    A2aFields push = configuration.fieldsOrNull("taskPushNotificationConfig");
    A2aFields old = configuration.fieldsOrNull("pushNotificationConfig");
    A2aFields config = push == null ? old : push;
    return new SendParams(
        message,
        configuration.texts("acceptedOutputModes"),
        config == null ? null : A2aJson.pushConfig(config),
        historyLength(configuration),
        configuration.flag("returnImmediately", !configuration.flag("blocking", true)),
        metadata);
  }

  /** Reads how many messages are wanted. */
  static @Nullable Integer historyLength(A2aFields fields) {
    Integer length = fields.numberOrNull("historyLength");
    if (length != null && length < 0) {
      throw new IllegalArgumentException("historyLength must be zero or more, but is " + length);
    }
    return length;
  }
}
