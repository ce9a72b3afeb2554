package io.gild.libraries;

import io.gild.config.TokenKind;
import io.gild.weaver.Foreign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** anthropic-java's messages, and its beta messages. */
final class AnthropicDialect extends GeneratedClientDialect {

  private static final String MODELS = "com.anthropic.models.";

  /** The names of a message's blocks in the different versions. */
  private static final String[] BLOCKS = {
    "contentBlockParams", "blockParams", "betaContentBlockParams"
  };

  private AnthropicDialect(String response, String event) {
    super("com.anthropic.core.ObjectMappers", MODELS + response, MODELS + event);
  }

  static AnthropicDialect messages() {
    return new AnthropicDialect("messages.Message", "messages.RawMessageStreamEvent");
  }

  static AnthropicDialect betaMessages() {
    return new AnthropicDialect(
        "beta.messages.BetaMessage", "beta.messages.BetaRawMessageStreamEvent");
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
  @Nullable Object[] withPromptCache(
      @Nullable Object self, @Nullable Object[] arguments, PromptCache wanted) throws Throwable {
    String model = Objects.requireNonNullElse(askedModel(self, arguments), "");
    return replaced(arguments, CacheMarks.of(body(self, arguments), model, wanted.anHour()));
  }

  @Override
  @Nullable String serviceTier(Object message) throws Throwable {
    return Foreign.word(Foreign.read(message, "usage"), "serviceTier");
  }

  @Override
  ReadAnswer read(Object message) throws Throwable {
    List<String> tools = new ArrayList<>();
    for (Object block : Foreign.list(message, "content")) {
      Object call = Foreign.read(block, "toolUse");
      if (call != null) {
        tools.add(Foreign.text(call, "name"));
      }
    }
    tools.removeIf(String::isEmpty);
    String model = Foreign.word(message, "model");
    return new ReadAnswer(
        model == null ? ReadAnswer.UNKNOWN_MODEL : model,
        counts(Foreign.read(message, "usage")).usage(),
        Foreign.word(message, "stopReason"),
        tools);
  }

  /** Anthropic counts cache reads and cache writes separately from the other input. */
  static ReportedTokens counts(@Nullable Object usage) {
    return new ReportedTokens()
        .setPlainInput(Foreign.number(usage, "inputTokens"))
        .set(TokenKind.CACHED_INPUT, Foreign.number(usage, "cacheReadInputTokens"))
        .set(TokenKind.CACHE_WRITE, Foreign.number(usage, "cacheCreationInputTokens"))
        .set(
            TokenKind.CACHE_WRITE_HOUR,
            Foreign.number(usage, "cacheCreation", "ephemeral1hInputTokens"))
        .set(TokenKind.OUTPUT, Foreign.number(usage, "outputTokens"));
  }

  /**
   * The events of a streamed message. The counts at its end include those at its start: tools that
   * the provider runs may have added input meanwhile.
   */
  private static final class Events extends ModelChunks {

    @Override
    void add(Object event) throws Throwable {
      Object started = Foreign.read(event, "messageStart", "message");
      if (started != null) {
        take(Foreign.word(started, "model"), Foreign.word(started, "stopReason"));
        tokens.take(counts(Foreign.read(started, "usage")));
        takeServiceTier(Foreign.word(started, "usage", "serviceTier"));
      }
      takeTool(Foreign.text(event, "contentBlockStart", "contentBlock", "toolUse", "name"));
      Object ending = Foreign.read(event, "messageDelta");
      if (ending != null) {
        take(null, Foreign.word(ending, "delta", "stopReason"));
        tokens.takeCumulative(counts(Foreign.read(ending, "usage")));
      }
      ended |= Foreign.read(event, "messageStop") != null;
    }
  }

  @Override
  ModelChunks chunks(@Nullable Object self, @Nullable Object[] arguments) {
    return new Events();
  }

  @Override
  List<?> chunksOf(Object librarySibling, String text) throws Throwable {
    List<Map<String, Object>> events =
        List.of(
            Map.of("type", "message_start", "message", whole("")),
            Map.of(
                "type",
                "content_block_start",
                "index",
                0,
                "content_block",
                Map.of("type", "text", "text", "")),
            Map.of(
                "type",
                "content_block_delta",
                "index",
                0,
                "delta",
                Map.of("type", "text_delta", "text", text)),
            Map.of("type", "content_block_stop", "index", 0),
            Map.of(
                "type", "message_delta",
                "delta", Map.of("stop_reason", "end_turn"),
                "usage", Map.of("output_tokens", 0)),
            Map.of("type", "message_stop"));
    List<Object> chunks = new ArrayList<>();
    for (Map<String, Object> event : events) {
      chunks.add(chunkFromPlain(librarySibling, event));
    }
    return chunks;
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
  Object responseOf(Object librarySibling, String text) throws Throwable {
    return fromPlain(librarySibling, whole(text));
  }

  private static Map<String, Object> whole(String text) {
    return Map.of(
        "id", "gild",
        "type", "message",
        "role", "assistant",
        "model", "gild",
        "stop_reason", "end_turn",
        "content", text.isEmpty() ? List.of() : List.of(Map.of("type", "text", "text", text)),
        "usage", Map.of("input_tokens", 0, "output_tokens", 0));
  }
}
