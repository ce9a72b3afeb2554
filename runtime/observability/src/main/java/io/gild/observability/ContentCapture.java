package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.ContentCaptured;
import io.gild.core.DescribesItself;
import io.gild.core.Events;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.recording.Scrubber;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads prompts and answers of one method, without secrets and personal data, for its spans and for
 * subscribers to {@link ContentCaptured}; exists only while {@code observe.content} is on.
 *
 * <p>A call never fails because of it. Thread-safe.
 */
final class ContentCapture {

  private final MethodSpec spec;
  private final Scrubber scrubber;
  private final SemanticConventions conventions;
  private final int maxBytes;
  private final Events.Channel<ContentCaptured> subscribers;

  ContentCapture(
      MethodSpec spec,
      Scrubber scrubber,
      SemanticConventions conventions,
      int maxBytes,
      Events.Channel<ContentCaptured> subscribers) {
    this.subscribers = subscribers;
    this.spec = spec;
    this.scrubber = scrubber;
    this.conventions = conventions;
    this.maxBytes = maxBytes;
  }

  /** Makes the scrubber of the settings. */
  static Scrubber scrubber(Observability settings) {
    return new Scrubber(settings.redact(), true, System.getenv());
  }

  /**
   * Writes the content of a call that is over, with the arguments as policies rewrote them.
   *
   * @param span the call's span; {@code null} if it has none
   */
  void write(@Nullable Span span, AgentCall call) {
    Span recording = span != null && span.isRecording() ? span : null;
    boolean isHeard = subscribers.hasSubscribers();
    if (recording == null && !isHeard || spec.kind() == CallKind.EMBEDDINGS) {
      return;
    }
    try {
      Writer writer = new Writer();
      if (spec.kind() == CallKind.TOOL) {
        tool(writer, call);
      } else {
        messages(writer, call);
      }
      if (recording != null) {
        writer.write(recording);
      }
      if (isHeard) {
        subscribers.publish(writer.event(call));
      }
    } catch (RuntimeException | LinkageError | StackOverflowError fault) {
      GildLog.faultOnce("Reading the content of a call", fault);
    }
  }

  private void tool(Writer writer, AgentCall call) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < call.arguments().length; i++) {
      arguments.put(name(i), writer.plain.of(call.argument(i)));
    }
    writer.put(ContentKeys.TOOL_ARGUMENTS, arguments);
    Object result = result(call);
    if (call.failure() == null && result != null) {
      writer.put(
          ContentKeys.TOOL_RESULT,
          result instanceof String text ? writer.plain.ofJson(text) : writer.plain.of(result));
    }
  }

  private void messages(Writer writer, AgentCall call) {
    List<Object> instructions = new ArrayList<>();
    List<Object> input = provided(writer, call, instructions);
    if (input.isEmpty()) {
      input = given(writer, call);
    }
    instructions.addAll(instructions(input));
    if (!instructions.isEmpty()) {
      writer.put(ContentKeys.SYSTEM_INSTRUCTIONS, instructions);
    }
    if (!input.isEmpty()) {
      writer.put(ContentKeys.INPUT_MESSAGES, input);
    } else if (spec.kind().isModel() && instructions.isEmpty()) {
      unknown();
    }
    answer(writer, call);
  }

  /** Reads a request that its library writes as its provider receives it. */
  private List<Object> provided(Writer writer, AgentCall call, List<Object> instructions) {
    DescribesItself described = described(call);
    if (described == null) {
      return new ArrayList<>();
    }
    Map<?, ?> body = described.body();
    instructions.addAll(writer.provided.instructions(body));
    tools(writer, writer.provided.tools(body));
    return writer.provided.input(body);
  }

  /** Reads the arguments; a request of a model has its prompt beside it again. */
  private List<Object> given(Writer writer, AgentCall call) {
    List<Object> input = new ArrayList<>();
    List<Object> parts = new ArrayList<>();
    for (int i = 0; i < call.arguments().length; i++) {
      Object argument = call.argument(i);
      List<Object> known = writer.messages.of(argument);
      input.addAll(known);
      if (known.isEmpty() && isInput(i) && argument != null) {
        add(writer, parts, i, argument);
      }
      tools(writer, writer.messages.tools(argument));
    }
    if (!parts.isEmpty() && (input.isEmpty() || !spec.kind().isModel())) {
      input.add(message("user", parts));
    }
    return input;
  }

  private static void tools(Writer writer, List<Object> tools) {
    if (!tools.isEmpty()) {
      writer.put(ContentKeys.TOOL_DEFINITIONS, tools);
    }
  }

  /** Returns the request of a model library that the javaagent reads. */
  private static @Nullable DescribesItself described(AgentCall call) {
    int count = call.arguments().length;
    return count > 0 && call.argument(count - 1) instanceof DescribesItself request
        ? request
        : null;
  }

  /** Takes the parts of the system messages at the beginning of a conversation out of it. */
  private static List<Object> instructions(List<Object> input) {
    List<Object> parts = new ArrayList<>();
    while (!input.isEmpty()
        && input.get(0) instanceof Map<?, ?> first
        && "system".equals(first.get("role"))
        && first.get("parts") instanceof List<?> own) {
      parts.addAll(own);
      input.remove(0);
    }
    return parts;
  }

  private void answer(Writer writer, AgentCall call) {
    Object result = result(call);
    if (call.failure() != null || result == null) {
      return;
    }
    List<Object> output = new ArrayList<>(writer.messages.of(result));
    DescribesItself described = described(call);
    if (output.isEmpty() && described != null) {
      output.addAll(writer.provided.output(described.body(result)));
    }
    if (output.isEmpty() && PlainContent.reads(result)) {
      output.add(message("assistant", List.of(part(writer, result))));
    }
    if (!output.isEmpty()) {
      writer.put(ContentKeys.OUTPUT_MESSAGES, finished(output, call.facts().finishReason()));
    }
  }

  /** Sessions, tenants, models and memories are no part of what the caller says. */
  private boolean isInput(int index) {
    if (index >= spec.parameters().size()) {
      return true;
    }
    MethodSpec.Role role = spec.parameters().get(index).role();
    return role == MethodSpec.Role.NONE || role == MethodSpec.Role.PROMPT;
  }

  private void add(Writer writer, List<Object> parts, int index, Object argument) {
    if (argument instanceof CharSequence && (index == spec.promptIndex() || isOnlyText(index))) {
      parts.add(part(writer, argument));
    } else if (PlainContent.reads(argument)) {
      Map<String, @Nullable Object> part = new LinkedHashMap<>();
      part.put("type", "generic");
      part.put("generic_type", "argument");
      part.put("name", name(index));
      part.put("content", writer.plain.of(argument));
      parts.add(part);
    }
  }

  private boolean isOnlyText(int index) {
    return spec.promptIndex() < 0 && index == 0;
  }

  private String name(int index) {
    return index < spec.parameters().size() ? spec.parameters().get(index).name() : "arg" + index;
  }

  private static Map<String, @Nullable Object> part(Writer writer, Object value) {
    Object plain = writer.plain.of(value);
    Map<String, @Nullable Object> part = new LinkedHashMap<>();
    part.put("type", plain instanceof String ? "text" : "generic");
    part.put("content", plain);
    return part;
  }

  private static Map<String, @Nullable Object> message(String role, List<?> parts) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("role", role);
    message.put("parts", parts);
    return message;
  }

  /** Convention 1.41 requires a reason in each message, which 0.1 has in the span alone. */
  private List<Object> finished(List<Object> output, @Nullable String reason) {
    if (!conventions.hasOld()) {
      return output;
    }
    List<Object> finished = new ArrayList<>();
    for (Object each : output) {
      Map<String, @Nullable Object> message = new LinkedHashMap<>();
      ((Map<?, ?>) each).forEach((key, value) -> message.put(String.valueOf(key), value));
      message.put("finish_reason", reason == null ? "stop" : conventional(reason));
      finished.add(message);
    }
    return finished;
  }

  private static String conventional(String reason) {
    return switch (reason) {
      case "tool_calls", "tool_execution", "tool_use" -> "tool_call";
      case "end_turn", "stop_sequence" -> "stop";
      case "max_tokens" -> "length";
      default -> reason;
    };
  }

  private static @Nullable Object result(AgentCall call) {
    Object value = call.value();
    if (value instanceof CompletableFuture<?> future) {
      return future.isDone() && !future.isCompletedExceptionally() ? future.getNow(null) : null;
    }
    return value;
  }

  private void unknown() {
    GildLog.infoOnce(
        "observe.content has no effect on requests of %s.%s: their form is not known"
            .formatted(spec.className(), spec.methodName()));
  }

  /** Collects the content of one call, in which equal secrets have equal names. */
  private final class Writer {

    private final PlainContent plain = new PlainContent();
    private final LibraryMessages messages = new LibraryMessages(plain);
    private final ProviderMessages provided = new ProviderMessages(plain);
    private final Scrubber.Placeholders secrets = new Scrubber.Placeholders();
    private final Map<AttributeKey<String>, String> content = new LinkedHashMap<>();
    private boolean shortened;

    void put(AttributeKey<String> key, @Nullable Object value) {
      plain.next();
      FittingJson json = FittingJson.of(scrubber.scrub(value, secrets), maxBytes);
      content.put(key, json.text());
      shortened |= json.shortened();
    }

    private boolean isShortened() {
      return shortened || plain.incomplete();
    }

    void write(Span span) {
      content.forEach(span::setAttribute);
      if (isShortened()) {
        span.setAttribute(ContentKeys.TRUNCATED, true);
      }
    }

    ContentCaptured event(AgentCall call) {
      boolean tool = spec.kind() == CallKind.TOOL;
      return new ContentCaptured(
          spec,
          call.number(),
          call.failure() != null,
          content.get(tool ? ContentKeys.TOOL_ARGUMENTS : ContentKeys.INPUT_MESSAGES),
          content.get(tool ? ContentKeys.TOOL_RESULT : ContentKeys.OUTPUT_MESSAGES),
          isShortened());
    }
  }
}
