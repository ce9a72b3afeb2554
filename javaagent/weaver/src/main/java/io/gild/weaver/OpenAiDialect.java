package io.gild.weaver;

import io.gild.config.Json;
import io.gild.core.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** openai-java's chat completions. */
final class OpenAiDialect extends GeneratedClientDialect {

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
  ModelAnswer read(Object response) throws Throwable {
    List<?> choices = Foreign.list(response, "choices");
    Object choice = choices.isEmpty() ? null : choices.get(0);
    Object message = Foreign.read(choice, "message");
    List<String> tools = new ArrayList<>();
    for (Object call : Foreign.list(message, "toolCalls")) {
      tools.add(Foreign.text(call, "function", "function", "name"));
    }
    return new ModelAnswer(
        Foreign.text(response, "model"),
        usage(Foreign.read(response, "usage")),
        Foreign.word(choice, "finishReason"),
        tools,
        tools.isEmpty() && Foreign.text(message, "content").isEmpty());
  }

  /** Reads the token counts of a completion, or of the last piece of one. */
  static Usage usage(@Nullable Object usage) throws Throwable {
    return new Usage(
            Foreign.count(usage, "promptTokens"),
            Foreign.count(usage, "promptTokensDetails", "cachedTokens"),
            0,
            Foreign.count(usage, "completionTokens"),
            Foreign.count(usage, "completionTokensDetails", "reasoningTokens"))
        .withAudio(
            Foreign.count(usage, "promptTokensDetails", "audioTokens"),
            Foreign.count(usage, "completionTokensDetails", "audioTokens"));
  }

  /** The chunks of a streamed completion; counted only if the request asked for that. */
  private static final class Chunks extends ModelPieces {

    @Override
    void add(Object chunk) throws Throwable {
      model = Foreign.text(chunk, "model");
      Object counted = Foreign.read(chunk, "usage");
      if (counted != null) {
        usage = usage(counted);
      }
      for (Object choice : Foreign.list(chunk, "choices")) {
        text |= !Foreign.text(choice, "delta", "content").isEmpty();
        for (Object call : Foreign.list(choice, "delta", "toolCalls")) {
          String name = Foreign.text(call, "function", "name");
          if (!name.isEmpty()) {
            tools.add(name);
          }
        }
        String reason = Foreign.word(choice, "finishReason");
        finishReason = reason == null ? finishReason : reason;
      }
    }
  }

  @Override
  ModelPieces pieces() {
    return new Chunks();
  }

  @Override
  List<?> piecesOf(Object neighbour, String text) throws Throwable {
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
    return List.of(Builders.fromJson(neighbour, MAPPERS, CHUNK, json));
  }

  @Override
  String text(Object response) throws Throwable {
    List<?> choices = Foreign.list(response, "choices");
    return choices.isEmpty() ? "" : Foreign.text(choices.get(0), "message", "content");
  }

  @Override
  Object responseOf(Object neighbour, String text) throws Throwable {
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
    return Builders.fromJson(neighbour, MAPPERS, RESPONSE, json);
  }
}
