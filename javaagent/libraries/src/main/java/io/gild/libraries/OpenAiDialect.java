package io.gild.libraries;

import io.gild.config.Json;
import io.gild.config.TokenKind;
import io.gild.weaver.Foreign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** openai-java's chat completions. */
final class OpenAiDialect extends GeneratedClientDialect {

  private static final String MESSAGES = "com.openai.models.chat.completions.ChatCompletion";

  private static final String MAPPERS = "com.openai.core.ObjectMappers";
  private static final String CHUNK = "com.openai.models.chat.completions.ChatCompletionChunk";
  private static final String RESPONSE = "com.openai.models.chat.completions.ChatCompletion";

  OpenAiDialect() {
    super(MAPPERS, RESPONSE, CHUNK);
  }

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) {
    return "openai";
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
      Object user = Foreign.read(messages.get(i), "user");
      if (user != null) {
        return (String) Foreign.read(user, "content", "text");
      }
    }
    return null;
  }

  @Override
  @Nullable Object[] withModel(@Nullable Object self, @Nullable Object[] arguments, String model)
      throws Throwable {
    return Builders.withModel(arguments, model);
  }

  @Override
  @Nullable Object[] withInstructions(@Nullable Object[] arguments, String text) throws Throwable {
    Object request = arguments[0];
    if (request == null) {
      return arguments;
    }
    Object system = Foreign.make(request, MESSAGES + "SystemMessageParam", "builder");
    Object message = Foreign.call(Foreign.call(system, "content", text), "build");
    List<Object> messages = new ArrayList<>();
    messages.add(Foreign.make(request, MESSAGES + "MessageParam", "ofSystem", message));
    messages.addAll(Foreign.list(request, "messages"));
    Object builder = Foreign.call(request, "toBuilder");
    @Nullable Object[] instructed = arguments.clone();
    instructed[0] = Foreign.call(Foreign.call(builder, "messages", messages), "build");
    return instructed;
  }

  @Override
  @Nullable Object[] withPromptCache(
      @Nullable Object self, @Nullable Object[] arguments, PromptCache wanted) throws Throwable {
    return withKeyAndOrder(self, arguments, wanted);
  }

  @Override
  @Nullable String serviceTier(Object response) throws Throwable {
    return Foreign.word(response, "serviceTier");
  }

  @Override
  ReadAnswer read(Object response) throws Throwable {
    List<?> choices = Foreign.list(response, "choices");
    Object choice = choices.isEmpty() ? null : choices.get(0);
    Object message = Foreign.read(choice, "message");
    List<String> tools = new ArrayList<>();
    addName(tools, Foreign.text(message, "functionCall", "name"));
    for (Object call : Foreign.list(message, "toolCalls")) {
      addName(tools, Foreign.text(call, "function", "function", "name"));
      addName(tools, Foreign.text(call, "custom", "custom", "name"));
    }
    return new ReadAnswer(
        Foreign.text(response, "model"),
        counts(Foreign.read(response, "usage")).usage(),
        Foreign.word(choice, "finishReason"),
        tools);
  }

  private static void addName(List<String> tools, String name) {
    if (!name.isEmpty()) {
      tools.add(name);
    }
  }

  /** Reads the token counts of a completion, or of a chunk. */
  static ReportedTokens counts(@Nullable Object usage) {
    return counts(
            Foreign.number(usage, "promptTokens"),
            Foreign.number(usage, "completionTokens"),
            Foreign.number(usage, "totalTokens"),
            Foreign.number(usage, "promptTokensDetails", "cachedTokens"),
            Foreign.number(usage, "completionTokensDetails", "reasoningTokens"))
        .set(TokenKind.INPUT_AUDIO, Foreign.number(usage, "promptTokensDetails", "audioTokens"))
        .set(
            TokenKind.OUTPUT_AUDIO,
            Foreign.number(usage, "completionTokensDetails", "audioTokens"));
  }

  /** Adds counts, one of which may be missing. */
  static ReportedTokens counts(
      @Nullable Long input,
      @Nullable Long output,
      @Nullable Long all,
      @Nullable Long cached,
      @Nullable Long reasoning) {
    return new ReportedTokens()
        .set(TokenKind.INPUT, input == null ? rest(all, output) : input)
        .set(TokenKind.CACHED_INPUT, cached)
        .set(TokenKind.OUTPUT, output == null ? rest(all, input) : output)
        .set(TokenKind.REASONING, reasoning);
  }

  /** Returns one part of a sum if the other part is known. */
  static @Nullable Long rest(@Nullable Long all, @Nullable Long part) {
    return all == null || part == null ? null : (Long) (all - part);
  }

  /**
   * The chunks of a streamed completion; they have token counts only if the request asks for them.
   */
  private static final class Chunks extends ModelChunks {

    @Override
    void add(Object chunk) throws Throwable {
      take(Foreign.text(chunk, "model"), null);
      takeServiceTier(Foreign.word(chunk, "serviceTier"));
      tokens.take(counts(Foreign.read(chunk, "usage")));
      for (Object choice : Foreign.list(chunk, "choices")) {
        takeTool(Foreign.text(choice, "delta", "functionCall", "name"));
        for (Object call : Foreign.list(choice, "delta", "toolCalls")) {
          takeTool(Foreign.text(call, "function", "name"));
        }
        take(null, Foreign.word(choice, "finishReason"));
      }
    }
  }

  @Override
  ModelChunks chunks(@Nullable Object self, @Nullable Object[] arguments) {
    return new Chunks();
  }

  @Override
  List<?> chunksOf(Object librarySibling, String text) throws Throwable {
    Map<String, Object> choice =
        Map.of(
            "index",
            0,
            "finish_reason",
            "stop",
            "delta",
            Map.of("role", "assistant", "content", text));
    String json =
        Json.write(
            Map.of(
                "id", "gild",
                "object", "chat.completion.chunk",
                "created", 0,
                "model", "gild",
                "choices", List.of(choice)));
    return List.of(Builders.fromJson(librarySibling, MAPPERS, CHUNK, json));
  }

  @Override
  String text(Object response) throws Throwable {
    List<?> choices = Foreign.list(response, "choices");
    return choices.isEmpty() ? "" : Foreign.text(choices.get(0), "message", "content");
  }

  @Override
  Object responseOf(Object librarySibling, String text) throws Throwable {
    String json =
        Json.write(
            Map.of(
                "id", "gild",
                "object", "chat.completion",
                "created", 0,
                "model", "gild",
                "choices",
                    List.of(
                        Map.of(
                            "index",
                            0,
                            "finish_reason",
                            "stop",
                            "message",
                            Map.of("role", "assistant", "content", text)))));
    return Builders.fromJson(librarySibling, MAPPERS, RESPONSE, json);
  }
}
