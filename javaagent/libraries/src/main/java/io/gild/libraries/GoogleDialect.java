package io.gild.libraries;

import io.gild.config.Json;
import io.gild.config.TokenKind;
import io.gild.weaver.Foreign;
import io.gild.weaver.PrivateFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * google-genai's {@code GenerateContentResponse}, requested with a model, contents and settings.
 */
final class GoogleDialect extends ModelDialect {

  private static final String RESPONSE = "com.google.genai.types.GenerateContentResponse";

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
    return providerOf(self);
  }

  /** Returns whether Google's cloud or its developer API serves a client. */
  static String providerOf(@Nullable Object self) throws Throwable {
    Object cloud = Foreign.read(PrivateFields.of(self, "apiClient"), "vertexAI");
    return Boolean.TRUE.equals(cloud) ? "gcp.vertex_ai" : "gcp.gemini";
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments) {
    return (String) arguments[0];
  }

  @Override
  @Nullable String prompt(@Nullable Object[] arguments) throws Throwable {
    return arguments[1] instanceof List<?> contents ? lastOfUser(contents) : null;
  }

  /** Returns the last text of the user; a content without a role is the user's. */
  static @Nullable String lastOfUser(List<?> contents) throws Throwable {
    for (int i = contents.size() - 1; i >= 0; i--) {
      String role = Foreign.text(contents.get(i), "role");
      String text = role.isEmpty() || role.equals("user") ? textOf(contents.get(i)) : "";
      if (!text.isEmpty()) {
        return text;
      }
    }
    return null;
  }

  /** Returns the text of a content without the model's thoughts. */
  static String textOf(@Nullable Object content) throws Throwable {
    StringBuilder text = new StringBuilder();
    for (Object part : Foreign.list(content, "parts")) {
      if (!Boolean.TRUE.equals(Foreign.read(part, "thought"))) {
        text.append(Foreign.text(part, "text"));
      }
    }
    return text.toString();
  }

  /** Returns the names of the functions that a content requests. */
  static List<String> toolsOf(@Nullable Object content) throws Throwable {
    List<String> tools = new ArrayList<>();
    for (Object part : Foreign.list(content, "parts")) {
      Object call = Foreign.read(part, "functionCall");
      if (call != null) {
        tools.add(Foreign.text(call, "name"));
      }
    }
    return tools;
  }

  /** All of the arguments decide the answer. */
  @Override
  Object request(@Nullable Object[] arguments) {
    return Collections.unmodifiableList(Arrays.asList(arguments.clone()));
  }

  @Override
  @Nullable Object[] withModel(@Nullable Object self, @Nullable Object[] arguments, String model) {
    @Nullable Object[] routed = arguments.clone();
    routed[0] = model;
    return routed;
  }

  @Override
  @Nullable Object parametersOf(@Nullable Object[] arguments) {
    return arguments.length > 2 ? arguments[2] : null;
  }

  @Override
  Map<String, ?> body(@Nullable Object self, @Nullable Object[] arguments) {
    Map<String, Object> body = new LinkedHashMap<>();
    RequestFacts.json(parametersOf(arguments))
        .forEach((key, value) -> body.put(String.valueOf(key), value));
    List<Object> contents = new ArrayList<>();
    if (arguments[1] instanceof List<?> given) {
      given.forEach(content -> contents.add(RequestFacts.json(content)));
    }
    body.put("contents", contents);
    return body;
  }

  @Override
  Map<?, ?> bodyOf(Object response) {
    return RequestFacts.json(response);
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(value, RESPONSE);
  }

  @Override
  ReadAnswer read(Object response) throws Throwable {
    Object candidate = candidate(response);
    Object content = Foreign.read(candidate, "content");
    List<String> tools = toolsOf(content);
    Object finish = Foreign.read(candidate, "finishReason");
    return new ReadAnswer(
        model(Foreign.text(response, "modelVersion")),
        counts(Foreign.read(response, "usageMetadata")).usage(),
        reason(finish == null ? Foreign.read(response, "promptFeedback", "blockReason") : finish),
        tools);
  }

  private static @Nullable Object candidate(Object response) throws Throwable {
    List<?> candidates = Foreign.list(response, "candidates");
    return candidates.isEmpty() ? null : candidates.get(0);
  }

  static String model(String version) {
    return version.isEmpty() ? ReadAnswer.UNKNOWN_MODEL : version;
  }

  static @Nullable String reason(@Nullable Object finish) {
    return finish == null ? null : finish.toString().toLowerCase(Locale.ROOT);
  }

  /** Google counts thoughts and the input of its own tools separately. */
  static ReportedTokens counts(@Nullable Object usage) {
    Long audio = audio(usage, "promptTokensDetails");
    Long cachedAudio = audio(usage, "cacheTokensDetails");
    return counts(
            Foreign.number(usage, "promptTokenCount"),
            Foreign.number(usage, "toolUsePromptTokenCount"),
            Foreign.number(usage, "candidatesTokenCount"),
            Foreign.number(usage, "thoughtsTokenCount"),
            Foreign.number(usage, "totalTokenCount"),
            Foreign.number(usage, "cachedContentTokenCount"))
        .set(
            TokenKind.INPUT_AUDIO,
            audio == null || cachedAudio == null ? audio : (Long) (audio - cachedAudio))
        .set(TokenKind.OUTPUT_AUDIO, audio(usage, "candidatesTokensDetails"));
  }

  /** Adds counts, one of which may be missing. */
  static ReportedTokens counts(
      @Nullable Long prompt,
      @Nullable Long used,
      @Nullable Long answered,
      @Nullable Long thoughts,
      @Nullable Long all,
      @Nullable Long cached) {
    return OpenAiDialect.counts(sum(prompt, used), sum(answered, thoughts), all, cached, thoughts);
  }

  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one + other;
  }

  private static @Nullable Long audio(@Nullable Object usage, String details) {
    Long tokens = null;
    for (Object detail : Foreign.list(usage, details)) {
      if (Foreign.text(detail, "modality").equals("AUDIO")) {
        tokens = sum(tokens, Foreign.number(detail, "tokenCount"));
      }
    }
    return tokens;
  }

  /** Responses that each contain a chunk; token counts in a response cover all chunks so far. */
  private final class Chunks extends ModelChunks {

    @Override
    void add(Object response) throws Throwable {
      ReadAnswer chunk = read(response);
      take(chunk.model(), chunk.finishReason());
      tokens.take(counts(Foreign.read(response, "usageMetadata")));
      tools.addAll(chunk.toolCalls());
    }
  }

  @Override
  ModelChunks chunks(@Nullable Object self, @Nullable Object[] arguments) {
    return new Chunks();
  }

  @Override
  String text(Object response) throws Throwable {
    return textOf(Foreign.read(candidate(response), "content"));
  }

  @Override
  Object responseOf(Object librarySibling, String text) throws Throwable {
    Map<String, Object> content = Map.of("role", "model", "parts", List.of(Map.of("text", text)));
    String json =
        Json.write(
            Map.of(
                "candidates",
                List.of(Map.of("index", 0, "content", content, "finishReason", "STOP"))));
    return Foreign.make(librarySibling, RESPONSE, "fromJson", json);
  }
}
