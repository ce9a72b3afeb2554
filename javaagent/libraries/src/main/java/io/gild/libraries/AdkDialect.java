package io.gild.libraries;

import io.gild.weaver.Foreign;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** ADK's {@code LlmRequest} and {@code LlmResponse}, which contain google-genai's contents. */
final class AdkDialect extends ModelDialect {

  private static final String RESPONSE = "com.google.adk.models.LlmResponse";
  private static final String GEMINI = "com.google.adk.models.Gemini";

  private final GoogleDialect google = new GoogleDialect();

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
    String name = self == null ? "" : self.getClass().getName().toLowerCase(Locale.ROOT);
    if (name.endsWith(".gemini")) {
      return GoogleDialect.providerOf(self);
    }
    return name.contains("claude") ? "anthropic" : "google_adk";
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    Object own = Foreign.read(arguments[0], "model");
    return (String) (own == null ? Foreign.read(self, "model") : own);
  }

  @Override
  @Nullable String prompt(@Nullable Object[] arguments) throws Throwable {
    return GoogleDialect.lastOfUser(Foreign.list(arguments[0], "contents"));
  }

  @Override
  Object request(@Nullable Object[] arguments) {
    return Collections.unmodifiableList(Arrays.asList(arguments.clone()));
  }

  /** Without streaming, there is only one response. */
  @Override
  boolean isWhole(@Nullable Object[] arguments) {
    return Boolean.FALSE.equals(arguments[1]);
  }

  @Override
  @Nullable Object[] withModel(@Nullable Object self, @Nullable Object[] arguments, String model)
      throws Throwable {
    @Nullable Object[] routed = arguments.clone();
    Object builder = Foreign.call(Objects.requireNonNull(routed[0]), "toBuilder");
    routed[0] = Foreign.call(Foreign.call(builder, "model", model), "build");
    return routed;
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(value, RESPONSE);
  }

  @Override
  ReadAnswer read(Object response) throws Throwable {
    Object content = Foreign.read(response, "content");
    List<String> tools = GoogleDialect.toolsOf(content);
    Object finish = Foreign.read(response, "finishReason");
    return new ReadAnswer(
        GoogleDialect.model(Foreign.text(response, "modelVersion")),
        GoogleDialect.counts(Foreign.read(response, "usageMetadata")).usage(),
        GoogleDialect.reason(finish == null ? Foreign.read(response, "errorCode") : finish),
        tools);
  }

  /**
   * Partial responses, followed by one or more complete responses that repeat the whole content.
   */
  private final class Responses extends ModelChunks {

    /** Whether a last event is expected: only Gemini's streams are known to have one. */
    private final boolean streamed;

    Responses(boolean streamed) {
      this.streamed = streamed;
    }

    @Override
    void add(Object response) throws Throwable {
      ReadAnswer chunk = read(response);
      take(chunk.model(), chunk.finishReason());
      tokens.take(GoogleDialect.counts(Foreign.read(response, "usageMetadata")));
      if (!Boolean.TRUE.equals(Foreign.read(response, "partial"))) {
        tools.addAll(chunk.toolCalls());
      }
    }

    @Override
    boolean isEnded(@Nullable Boolean decoded) {
      return ended || !streamed;
    }
  }

  @Override
  ModelChunks chunks(@Nullable Object self, @Nullable Object[] arguments) {
    return new Responses(!isWhole(arguments) && Foreign.is(self, GEMINI));
  }

  @Override
  String text(Object response) throws Throwable {
    return GoogleDialect.textOf(Foreign.read(response, "content"));
  }

  @Override
  Object responseOf(Object librarySibling, String text) throws Throwable {
    return Foreign.make(
        librarySibling, RESPONSE, "create", google.responseOf(librarySibling, text));
  }
}
