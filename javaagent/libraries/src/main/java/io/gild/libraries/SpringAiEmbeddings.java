package io.gild.libraries;

import io.gild.weaver.Foreign;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Spring AI's embeddings. */
final class SpringAiEmbeddings extends EmbeddingDialect {

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) {
    return SpringAiDialect.provider(self);
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    Object own = Foreign.read(arguments[0], "getOptions", "getModel");
    return (String) (own == null ? Foreign.read(self, "getOptions", "getModel") : own);
  }

  /** An {@code EmbeddingRequest} has identity equality. */
  @Override
  Object request(@Nullable Object[] arguments) throws Throwable {
    Object model = Foreign.read(arguments[0], "getOptions", "getModel");
    return Arrays.asList(model, Foreign.list(arguments[0], "getInstructions"));
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(value, "org.springframework.ai.embedding.EmbeddingResponse");
  }

  @Override
  ReadAnswer read(Object response) throws Throwable {
    String model = Foreign.text(response, "getMetadata", "getModel");
    long input = Foreign.count(response, "getMetadata", "getUsage", "getPromptTokens");
    return answer(
        model.isEmpty() ? null : model,
        input > 0 ? input : Foreign.count(response, "getMetadata", "getUsage", "getTotalTokens"));
  }
}
