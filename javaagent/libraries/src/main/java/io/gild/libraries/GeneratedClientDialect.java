package io.gild.libraries;

import io.gild.config.Json;
import io.gild.weaver.Foreign;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** OpenAI caches by itself: only the order of tools, and the key, can be improved. */
  final @Nullable Object[] withKeyAndOrder(
      @Nullable Object self, @Nullable Object[] arguments, PromptCache wanted) throws Throwable {
    Map<String, ?> body = body(self, arguments);
    Map<String, Object> changed = orderedTools(body);
    if (wanted.key() != null && body.get("prompt_cache_key") == null) {
      changed.put("promptCacheKey", wanted.key());
    }
    return replaced(arguments, changed);
  }

  private static Map<String, Object> orderedTools(Map<String, ?> body) {
    Map<String, Object> changed = new LinkedHashMap<>();
    if (body.get("tools") instanceof List<?> tools) {
      List<?> sorted = ToolOrder.byName(tools);
      if (sorted != tools) {
        changed.put("tools", sorted);
      }
    }
    return changed;
  }

  /** Replaces properties of a request by values of JSON; the names are those of the builder. */
  final @Nullable Object[] replaced(@Nullable Object[] arguments, Map<String, Object> properties)
      throws Throwable {
    Object request = arguments[0];
    if (request == null || properties.isEmpty()) {
      return arguments;
    }
    String values = mappers.substring(0, mappers.lastIndexOf('.')) + ".JsonValue";
    Object builder = Foreign.call(request, "toBuilder");
    for (Map.Entry<String, Object> each : properties.entrySet()) {
      Object json = Foreign.make(request, values, "from", each.getValue());
      Foreign.call(builder, each.getKey(), json);
    }
    @Nullable Object[] changed = arguments.clone();
    changed[0] = Foreign.call(builder, "build");
    return changed;
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
