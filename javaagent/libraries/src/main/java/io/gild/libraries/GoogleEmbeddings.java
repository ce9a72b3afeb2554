package io.gild.libraries;

import io.gild.weaver.Foreign;
import java.util.Arrays;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** google-genai's embeddings; only Google's cloud counts their tokens. */
final class GoogleEmbeddings extends EmbeddingDialect {

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
    return GoogleDialect.providerOf(self);
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments) {
    return (String) arguments[0];
  }

  /** All of the arguments decide the answer. */
  @Override
  Object request(@Nullable Object[] arguments) {
    return Collections.unmodifiableList(Arrays.asList(arguments.clone()));
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(value, "com.google.genai.types.EmbedContentResponse");
  }

  @Override
  ReadAnswer read(Object response) throws Throwable {
    long tokens = 0;
    for (Object embedding : Foreign.list(response, "embeddings")) {
      tokens += Foreign.count(embedding, "statistics", "tokenCount");
    }
    return answer(null, tokens);
  }
}
