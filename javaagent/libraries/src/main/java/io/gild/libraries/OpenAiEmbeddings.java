package io.gild.libraries;

import io.gild.config.Json;
import io.gild.weaver.Foreign;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** openai-java's embeddings. */
final class OpenAiEmbeddings extends EmbeddingDialect implements TapedDialect {

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
  ReadAnswer read(Object response) throws Throwable {
    Long input = Foreign.number(response, "usage", "promptTokens");
    return answer(
        Foreign.read(response, "model"),
        input == null ? Foreign.count(response, "usage", "totalTokens") : Math.max(0, input));
  }

  @Override
  public Map<String, ?> plainRequest(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    return Builders.plainBody(arguments, "com.openai.core.ObjectMappers");
  }

  @Override
  public Object plain(Object response) throws Throwable {
    return Builders.plain(response, "com.openai.core.ObjectMappers");
  }

  @Override
  public Object fromPlain(Object librarySibling, Object plain) throws Throwable {
    return Builders.fromJson(
        librarySibling,
        "com.openai.core.ObjectMappers",
        "com.openai.models.embeddings.CreateEmbeddingResponse",
        Json.write(plain));
  }
}
