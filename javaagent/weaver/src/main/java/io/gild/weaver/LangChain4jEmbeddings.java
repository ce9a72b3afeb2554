package io.gild.weaver;

import io.gild.core.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's embeddings: of a list of segments, and since 1.19 of an {@code EmbeddingRequest}.
 */
final class LangChain4jEmbeddings extends ModelDialect {

  private static final String OLD = "dev.langchain4j.model.output.Response";
  private static final String NEW = "dev.langchain4j.model.embedding.response.EmbeddingResponse";

  private final ModelDialect chats;

  LangChain4jEmbeddings(ModelDialect chats) {
    this.chats = chats;
  }

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
    return chats.provider(self, arguments);
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    Object asked = Foreign.read(arguments[0], "parameters", "modelName");
    return (String) (asked == null ? Foreign.read(self, "modelName") : asked);
  }

  /** What is embedded is no prompt. */
  @Override
  @Nullable String prompt(@Nullable Object[] arguments) {
    return null;
  }

  /** A text has another meaning in each model's space: embeddings are never routed. */
  @Override
  @Nullable Object[] withModel(@Nullable Object[] arguments, String model) {
    return arguments;
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(value, OLD) || Foreign.is(value, NEW);
  }

  @Override
  ModelAnswer read(Object response) throws Throwable {
    Object usage = Foreign.read(response, "tokenUsage");
    if (usage == null) {
      usage = Foreign.read(response, "metadata", "tokenUsage");
    }
    Object model = Foreign.read(response, "metadata", "modelName");
    return new ModelAnswer(
        model == null ? ModelAnswer.UNKNOWN_MODEL : model.toString(),
        new Usage(Foreign.count(usage, "inputTokenCount"), 0, 0),
        null,
        List.of(),
        false);
  }

  @Override
  String text(Object response) {
    return "";
  }

  @Override
  Object responseOf(Object neighbour, String text) {
    throw new IllegalStateException("a text is no embedding: " + text.length() + " characters");
  }
}
