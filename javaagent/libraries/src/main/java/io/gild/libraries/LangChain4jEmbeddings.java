package io.gild.libraries;

import io.gild.weaver.Foreign;
import org.jspecify.annotations.Nullable;

/** LangChain4j's embeddings: of segments, and since 1.19 of an {@code EmbeddingRequest}. */
final class LangChain4jEmbeddings extends EmbeddingDialect {

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
    Object asked = Foreign.read(arguments[0], "modelName");
    return (String) (asked == null ? Foreign.read(self, "modelName") : asked);
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(value, OLD) || Foreign.is(value, NEW);
  }

  @Override
  ReadAnswer read(Object response) throws Throwable {
    Long input = Foreign.number(response, "tokenUsage", "inputTokenCount");
    return answer(
        Foreign.read(response, "modelName"),
        input == null
            ? Foreign.count(response, "tokenUsage", "totalTokenCount")
            : Math.max(0, input));
  }
}
