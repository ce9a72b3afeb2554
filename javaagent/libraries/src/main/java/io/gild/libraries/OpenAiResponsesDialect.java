package io.gild.libraries;

import io.gild.config.Json;
import io.gild.weaver.Foreign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** openai-java's Responses API. */
final class OpenAiResponsesDialect extends GeneratedClientDialect {

  private static final String MAPPERS = "com.openai.core.ObjectMappers";
  private static final String EVENT = "com.openai.models.responses.ResponseStreamEvent";
  private static final String RESPONSE = "com.openai.models.responses.Response";

  OpenAiResponsesDialect() {
    super(MAPPERS, RESPONSE, EVENT);
  }

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
    List<String> tools = new ArrayList<>();
    for (Object item : Foreign.list(response, "output")) {
      Object call = Foreign.read(item, "functionCall");
      if (call != null) {
        tools.add(Foreign.text(call, "name"));
      }
    }
    tools.removeIf(String::isEmpty);
    String model = model(Foreign.read(response, "model"));
    Object usage = Foreign.read(response, "usage");
    String cut = Foreign.word(response, "incompleteDetails", "reason");
    return new ReadAnswer(
        model == null ? ReadAnswer.UNKNOWN_MODEL : model,
        counts(usage).usage(),
        cut == null ? Foreign.word(response, "status") : cut,
        tools);
  }

  private static ReportedTokens counts(@Nullable Object usage) {
    return OpenAiDialect.counts(
        Foreign.number(usage, "inputTokens"),
        Foreign.number(usage, "outputTokens"),
        Foreign.number(usage, "totalTokens"),
        Foreign.number(usage, "inputTokensDetails", "cachedTokens"),
        Foreign.number(usage, "outputTokensDetails", "reasoningTokens"));
  }

  /** The events of a streamed response; the last one contains the whole response. */
  private final class Events extends ModelChunks {

    @Override
    void add(Object event) throws Throwable {
      Object begun = Foreign.read(event, "created", "response");
      if (begun != null) {
        take(model(Foreign.read(begun, "model")), null);
      }
      for (String last : new String[] {"completed", "incomplete", "failed"}) {
        Object closing = Foreign.read(event, last);
        ended |= closing != null;
        Object whole = Foreign.read(closing, "response");
        if (whole != null) {
          ReadAnswer answer = read(whole);
          take(answer.model(), answer.finishReason());
          takeServiceTier(OpenAiResponsesDialect.this.serviceTier(whole));
          tokens.take(counts(Foreign.read(whole, "usage")));
          tools.addAll(answer.toolCalls());
        }
      }
    }
  }

  @Override
  ModelChunks chunks(@Nullable Object self, @Nullable Object[] arguments) {
    return new Events();
  }

  @Override
  List<?> chunksOf(Object librarySibling, String text) throws Throwable {
    Map<String, Object> delta =
        Map.of(
            "type",
            "response.output_text.delta",
            "item_id",
            "gild",
            "output_index",
            0,
            "content_index",
            0,
            "sequence_number",
            0,
            "delta",
            text,
            "logprobs",
            List.of());
    return List.of(
        chunkFromPlain(librarySibling, delta),
        Builders.fromJson(
            librarySibling,
            MAPPERS,
            EVENT,
            Json.write(
                Map.of(
                    "type", "response.completed", "sequence_number", 1, "response", whole(text)))));
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
  Object responseOf(Object librarySibling, String text) throws Throwable {
    return fromPlain(librarySibling, whole(text));
  }

  private static Map<String, Object> whole(String text) {
    Map<String, Object> part =
        Map.of("type", "output_text", "text", text, "annotations", List.of());
    Map<String, Object> message =
        Map.of(
            "id", "gild",
            "type", "message",
            "role", "assistant",
            "status", "completed",
            "content", List.of(part));
    return Map.of(
        "id", "gild",
        "object", "response",
        "created_at", 0,
        "status", "completed",
        "model", "gild",
        "output", List.of(message));
  }
}
