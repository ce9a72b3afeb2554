package io.gild.weaver;

import io.gild.config.Json;
import io.gild.core.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** anthropic-java's messages, and its beta messages. */
final class AnthropicDialect extends ModelDialect {

  private static final String MESSAGE = "com.anthropic.models.messages.Message";
  private static final String BETA = "com.anthropic.models.beta.messages.BetaMessage";

  /** What the blocks of a message have been called in one version or another. */
  private static final String[] BLOCKS = {
    "contentBlockParams", "blockParams", "betaContentBlockParams"
  };

  private final String response;

  private AnthropicDialect(String response) {
    this.response = response;
  }

  static AnthropicDialect messages() {
    return new AnthropicDialect(MESSAGE);
  }

  static AnthropicDialect betaMessages() {
    return new AnthropicDialect(BETA);
  }

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) {
    return "anthropic";
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    return Foreign.word(arguments[0], "model");
  }

  @Override
  @Nullable String prompt(@Nullable Object[] arguments) throws Throwable {
    List<?> messages = Foreign.list(arguments[0], "messages");
    for (int i = messages.size() - 1; i >= 0; i--) {
      Object message = messages.get(i);
      if ("user".equals(Foreign.word(message, "role"))) {
        String text = textOf(Foreign.read(message, "content"));
        if (!text.isEmpty()) {
          return text;
        }
      }
    }
    return null;
  }

  private static String textOf(@Nullable Object content) throws Throwable {
    Object whole = Foreign.read(content, "string");
    if (whole != null) {
      return whole.toString();
    }
    StringBuilder text = new StringBuilder();
    for (String name : BLOCKS) {
      for (Object block : Foreign.list(content, name)) {
        text.append(Foreign.text(block, "text", "text"));
      }
    }
    return text.toString();
  }

  @Override
  @Nullable Object[] withModel(@Nullable Object self, @Nullable Object[] arguments, String model)
      throws Throwable {
    return Builders.withModel(arguments, model);
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(value, response);
  }

  @Override
  ModelAnswer read(Object message) throws Throwable {
    List<String> tools = new ArrayList<>();
    for (Object block : Foreign.list(message, "content")) {
      Object call = Foreign.read(block, "toolUse");
      if (call != null) {
        tools.add(Foreign.text(call, "name"));
      }
    }
    String model = Foreign.word(message, "model");
    return new ModelAnswer(
        model == null ? ModelAnswer.UNKNOWN_MODEL : model,
        usage(Foreign.read(message, "usage")),
        Foreign.word(message, "stopReason"),
        tools,
        tools.isEmpty() && text(message).isEmpty());
  }

  /** Anthropic counts what it read from and wrote to its cache apart from the other input. */
  static Usage usage(@Nullable Object usage) throws Throwable {
    long read = Foreign.count(usage, "cacheReadInputTokens");
    long written = Foreign.count(usage, "cacheCreationInputTokens");
    return new Usage(
        Foreign.count(usage, "inputTokens") + read + written,
        read,
        written,
        Foreign.count(usage, "outputTokens"),
        0);
  }

  @Override
  String text(Object message) throws Throwable {
    StringBuilder text = new StringBuilder();
    for (Object block : Foreign.list(message, "content")) {
      text.append(Foreign.text(block, "text", "text"));
    }
    return text.toString();
  }

  @Override
  Object responseOf(Object neighbour, String text) throws Throwable {
    String json =
        Json.write(
            Map.of(
                "id", "gild",
                "type", "message",
                "role", "assistant",
                "model", "gild",
                "stop_reason", "end_turn",
                "content", List.of(Map.of("type", "text", "text", text)),
                "usage", Map.of("input_tokens", 0, "output_tokens", 0)));
    return Builders.fromJson(neighbour, "com.anthropic.core.ObjectMappers", response, json);
  }
}
