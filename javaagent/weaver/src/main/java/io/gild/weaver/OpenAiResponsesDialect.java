package io.gild.weaver;

import io.gild.config.Json;
import io.gild.core.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** openai-java's Responses API. */
final class OpenAiResponsesDialect extends ModelDialect {

  private static final String RESPONSE = "com.openai.models.responses.Response";

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) {
    return "openai";
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    return model(Foreign.read(arguments[0], "model"));
  }

  /** The type is a union of plain names and two kinds of known ones. */
  private static @Nullable String model(@Nullable Object model) throws Throwable {
    for (String kind : new String[] {"string", "chat", "responsesOnlyModel", "only"}) {
      Object value = model == null ? null : Foreign.read(model, kind);
      if (value != null) {
        return Foreign.word(value);
      }
    }
    return null;
  }

  @Override
  @Nullable String prompt(@Nullable Object[] arguments) throws Throwable {
    Object text = Foreign.read(arguments[0], "input", "text");
    if (text != null) {
      return text.toString();
    }
    List<?> items = Foreign.list(arguments[0], "input", "response");
    for (int i = items.size() - 1; i >= 0; i--) {
      Object message = Foreign.read(items.get(i), "easyInputMessage");
      if (message != null && "user".equals(Foreign.word(message, "role"))) {
        return (String) Foreign.read(message, "content", "textInput");
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
  boolean isResponse(Object value) {
    return Foreign.is(value, RESPONSE);
  }

  @Override
  ModelAnswer read(Object response) throws Throwable {
    List<String> tools = new ArrayList<>();
    for (Object item : Foreign.list(response, "output")) {
      Object call = Foreign.read(item, "functionCall");
      if (call != null) {
        tools.add(Foreign.text(call, "name"));
      }
    }
    String model = model(Foreign.read(response, "model"));
    Object usage = Foreign.read(response, "usage");
    String cut = Foreign.word(response, "incompleteDetails", "reason");
    return new ModelAnswer(
        model == null ? ModelAnswer.UNKNOWN_MODEL : model,
        new Usage(
            Foreign.count(usage, "inputTokens"),
            Foreign.count(usage, "inputTokensDetails", "cachedTokens"),
            0,
            Foreign.count(usage, "outputTokens"),
            Foreign.count(usage, "outputTokensDetails", "reasoningTokens")),
        cut == null ? Foreign.word(response, "status") : cut,
        tools,
        tools.isEmpty() && text(response).isEmpty());
  }

  @Override
  String text(Object response) throws Throwable {
    StringBuilder text = new StringBuilder();
    for (Object item : Foreign.list(response, "output")) {
      for (Object part : Foreign.list(item, "message", "content")) {
        text.append(Foreign.text(part, "outputText", "text"));
      }
    }
    return text.toString();
  }

  @Override
  Object responseOf(Object neighbour, String text) throws Throwable {
    Map<String, Object> part =
        Map.of("type", "output_text", "text", text, "annotations", List.of());
    Map<String, Object> message =
        Map.of(
            "id", "gild",
            "type", "message",
            "role", "assistant",
            "status", "completed",
            "content", List.of(part));
    String json =
        Json.write(
            Map.of(
                "id", "gild",
                "object", "response",
                "created_at", 0,
                "status", "completed",
                "model", "gild",
                "output", List.of(message)));
    return Builders.fromJson(neighbour, "com.openai.core.ObjectMappers", RESPONSE, json);
  }
}
