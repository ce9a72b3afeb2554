package io.gild.weaver;

import org.jspecify.annotations.Nullable;

/** openai-java's embeddings. */
final class OpenAiEmbeddings extends EmbeddingDialect {

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
  boolean isResponse(Object value) {
    return Foreign.is(value, "com.openai.models.embeddings.CreateEmbeddingResponse");
  }

  @Override
  ModelAnswer read(Object response) throws Throwable {
    return answer(
        Foreign.read(response, "model"), Foreign.count(response, "usage", "promptTokens"));
  }
}
