package io.gild.libraries;

import io.gild.config.Json;
import io.gild.weaver.Foreign;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The common part of the dialects of openai-java and anthropic-java: both clients are generated in
 * the same way, and read and write JSON with their own mappers.
 */
abstract class GeneratedClientDialect extends ModelDialect implements TapedDialect {

  private final String mappers;
  private final String response;
  private final String chunk;

  /**
   * @param mappers the class that holds the client's mapper
   * @param response the class of complete answers
   * @param chunk the class of a stream's chunks
   */
  GeneratedClientDialect(String mappers, String response, String chunk) {
    this.mappers = mappers;
    this.response = response;
    this.chunk = chunk;
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(value, response);
  }

  @Override
  @Nullable Object parametersOf(@Nullable Object[] arguments) {
    return arguments[0];
  }

  @Override
  Map<String, ?> body(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
    return plainRequest(self, arguments);
  }

  @Override
  Map<?, ?> bodyOf(Object answer) throws Throwable {
    return plain(answer) instanceof Map<?, ?> values ? values : Map.of();
  }

  @Override
  public Map<String, ?> plainRequest(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    return Builders.plainBody(arguments, mappers);
  }

  @Override
  public Object plain(Object answer) throws Throwable {
    return Builders.plain(answer, mappers);
  }

  @Override
  public Object fromPlain(Object librarySibling, Object plain) throws Throwable {
    return Builders.fromJson(librarySibling, mappers, response, Json.write(plain));
  }

  @Override
  public Object chunkFromPlain(Object librarySibling, Object plain) throws Throwable {
    return Builders.fromJson(librarySibling, mappers, chunk, Json.write(plain));
  }
}
