package io.gild.libraries;

import io.gild.weaver.Foreign;
import org.jspecify.annotations.Nullable;

/** Bedrock's {@code invokeModel} with an embedding model. */
final class InvokeEmbeddings extends EmbeddingDialect {

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) {
    return "aws.bedrock";
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    return Foreign.word(arguments[0], "modelId");
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(
        value, "software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse");
  }

  @Override
  ReadAnswer read(Object response) throws Throwable {
    ReportedTokens counts = InvokeBody.of(response, "body").counts();
    Object http = Foreign.read(response, "sdkHttpResponse");
    return answer(null, counts.fill(InvokeDialect.headers(http)).usage().inputTokens());
  }
}
