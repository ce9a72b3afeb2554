package io.gild.coordination;

import io.gild.a2a.A2aMessage;
import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of a message wants. Each intent has one meaning in A2A: an operation of the
 * protocol, a state of a task, or none, because only agents of Gild understand it.
 *
 * <p>An {@link A2aMessage} carries its intent in the metadata under {@link #EXTENSION}.
 */
@Experimental
public enum Intent {
  /** Asks an agent for an answer. */
  REQUEST(Form.OPERATION, "SendMessage"),
  /** Hands a task to an agent, with the responsibility for it. */
  DELEGATE(Form.OPERATION, "SendMessage"),
  /** The agent takes the task. */
  ACCEPT(Form.STATE, "SUBMITTED"),
  /** The agent does not take the task. */
  REJECT(Form.STATE, "REJECTED"),
  /** The agent works on the task. */
  PROGRESS(Form.STATE, "WORKING"),
  /** A piece of the result. */
  PARTIAL(Form.STATE, "WORKING"),
  /** The whole result, or the end of the partial ones. */
  RESULT(Form.STATE, "COMPLETED"),
  /** The task has failed. */
  ERROR(Form.STATE, "FAILED"),
  /** Ends a task early. */
  CANCEL(Form.OPERATION, "CancelTask"),
  /** Asks for the state of a task. */
  QUERY_STATUS(Form.OPERATION, "GetTask"),
  /** The agent needs an answer, or an approval, of the sender. */
  NEED_INPUT(Form.STATE, "INPUT_REQUIRED"),
  /** The agent needs credentials of the sender. */
  NEED_CREDENTIALS(Form.STATE, "AUTH_REQUIRED"),
  /** Presents an agent by its card. */
  ANNOUNCE(Form.OPERATION, "GetAgentCard"),
  /** Asks for the cards of agents. */
  DISCOVER(Form.OPERATION, "GetAgentCard"),
  /** Asks for the events of a task as they happen. */
  WATCH(Form.OPERATION, "SubscribeToTask"),
  /** Asks for the events of a task at an address. */
  NOTIFY(Form.OPERATION, "CreateTaskPushNotificationConfig"),
  /** An event for all subscriptions of a topic. */
  PUBLISH(Form.EXTENSION, ""),
  /** Asks for the events of a topic. */
  SUBSCRIBE(Form.EXTENSION, ""),
  /** Offers to do an announced task. */
  BID(Form.EXTENSION, ""),
  /** Gives a task to one of those that offered to do it. */
  AWARD(Form.EXTENSION, ""),
  /** The sender is alive. */
  HEARTBEAT(Form.EXTENSION, "");

  /** The URI of the extension of A2A under which a message carries its intent. */
  public static final String EXTENSION = "https://gild.io/a2a/extensions/intent/v1";

  /** What an intent is in A2A. */
  public enum Form {
    /** A call of the protocol. */
    OPERATION,
    /** The state of a task that an update reports. */
    STATE,
    /** Nothing: only agents of Gild understand it. */
    EXTENSION
  }

  private static final String INTENT = "intent";

  private final Form form;
  private final String a2a;

  Intent(Form form, String a2a) {
    this.form = form;
    this.a2a = a2a;
  }

  /**
   * Returns what the intent is in A2A.
   *
   * @return operation, state or extension
   */
  public Form form() {
    return form;
  }

  /**
   * Returns the name in A2A 1.0.
   *
   * @return the name of the operation or of the state; empty for an extension
   */
  public String a2a() {
    return a2a;
  }

  /**
   * Returns the intent as it is written.
   *
   * @return such as {@code need-input}
   */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads an intent.
   *
   * @param text such as {@code need-input}, in any case
   * @return the intent
   * @throws UnknownIntentException if this version of Gild does not know it
   */
  public static Intent read(String text) {
    for (Intent intent : values()) {
      if (intent.wireName().equalsIgnoreCase(text.strip())) {
        return intent;
      }
    }
    throw new UnknownIntentException(text);
  }

  /**
   * Reads the intent of a message of A2A.
   *
   * @param message the message
   * @return the intent, or {@code null} if the message carries none
   * @throws UnknownIntentException if this version of Gild does not know it
   */
  public static @Nullable Intent of(A2aMessage message) {
    return message.metadata().get(EXTENSION) instanceof Map<?, ?> own
            && own.get(INTENT) instanceof String text
        ? read(text)
        : null;
  }

  /**
   * Marks a message of A2A with this intent.
   *
   * @param message the message
   * @return the message with the intent in its metadata, in place of the one it carried
   */
  public A2aMessage mark(A2aMessage message) {
    Map<String, Object> metadata = new LinkedHashMap<>(message.metadata());
    Map<String, Object> own = new LinkedHashMap<>();
    if (metadata.get(EXTENSION) instanceof Map<?, ?> present) {
      present.forEach((key, value) -> own.put(String.valueOf(key), value));
    }
    own.put(INTENT, wireName());
    metadata.put(EXTENSION, own);
    List<String> extensions = new ArrayList<>(message.extensions());
    if (!extensions.contains(EXTENSION)) {
      extensions.add(EXTENSION);
    }
    return new A2aMessage(
        message.messageId(),
        message.contextId(),
        message.taskId(),
        message.role(),
        message.parts(),
        metadata,
        extensions,
        message.referenceTaskIds());
  }
}
