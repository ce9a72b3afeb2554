package io.gild.libraries;

import io.gild.core.GildLog;
import io.gild.weaver.Foreign;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prepares LangChain4j's requests for the caches of their providers. */
final class LangChain4jPromptCache {

  private static final String MODEL = "dev.langchain4j.model.";
  private static final String REQUEST = MODEL + "chat.request.ChatRequest";
  private static final String PARAMETERS = MODEL + "chat.request.DefaultChatRequestParameters";
  private static final String ANTHROPIC = MODEL + "anthropic.AnthropicChatRequestParameters";
  private static final String ANTHROPIC_MODEL = MODEL + "anthropic.Anthropic";

  private LangChain4jPromptCache() {}

  static @Nullable Object[] prepare(
      LangChain4jDialect dialect,
      @Nullable Object self,
      @Nullable Object[] arguments,
      PromptCache wanted)
      throws Throwable {
    Object request = arguments[0];
    Object parameters = Foreign.read(request, "parameters");
    if (request == null || parameters == null) {
      return arguments;
    }
    Object ordered = ordered(request, parameters);
    Object marked =
        self != null && self.getClass().getName().startsWith(ANTHROPIC_MODEL)
            ? marked(dialect, self, arguments, ordered, wanted)
            : ordered;
    if (marked == parameters) {
      return arguments;
    }
    Object builder = Foreign.make(request, REQUEST, "builder");
    Foreign.call(builder, "messages", Foreign.list(request, "messages"));
    Foreign.call(builder, "parameters", marked);
    @Nullable Object[] prepared = arguments.clone();
    prepared[0] = Foreign.call(builder, "build");
    return prepared;
  }

  private static Object ordered(Object request, Object parameters) throws Throwable {
    List<?> tools = Foreign.list(parameters, "toolSpecifications");
    List<?> sorted = ToolOrder.sorted(tools, LangChain4jPromptCache::name);
    if (sorted == tools) {
      return parameters;
    }
    Object builder = Foreign.make(request, PARAMETERS, "builder");
    Foreign.call(builder, "toolSpecifications", sorted);
    return Foreign.call(parameters, "overrideWith", Foreign.call(builder, "build"));
  }

  private static String name(Object tool) {
    try {
      return Foreign.text(tool, "name");
    } catch (Throwable fault) {
      throw new IllegalStateException("a tool without a name", fault);
    }
  }

  /** The library sets the marks; what the application asked it for stays. */
  private static Object marked(
      LangChain4jDialect dialect,
      Object self,
      @Nullable Object[] arguments,
      Object parameters,
      PromptCache wanted)
      throws Throwable {
    Object defaults = Foreign.read(self, "defaultRequestParameters");
    if (isSet(parameters) || isSet(defaults)) {
      return parameters;
    }
    if (wanted.anHour()) {
      GildLog.infoOnce(
          "prompt-cache.ttl is 1h, but LangChain4j's client of Anthropic marks prompts for 5m only:"
              + " 5m applies.");
    }
    Map<String, ?> plain = dialect.plainRequest(self, arguments);
    String model = String.valueOf(plain.get("model"));
    Object tools = plain.get("tools");
    long toolTokens = tools == null ? 0 : CacheMarks.tokens(tools);
    long minimum = CacheMarks.minimum(model);
    long systemTokens = systemTokens(plain);
    if (toolTokens + systemTokens < minimum) {
      return parameters;
    }
    Object builder = Foreign.make(self, ANTHROPIC, "builder");
    Foreign.call(builder, "overrideWith", parameters);
    if (toolTokens >= minimum) {
      Foreign.call(builder, "cacheTools", true);
    }
    if (systemTokens > 0) {
      Foreign.call(builder, "cacheSystemMessages", true);
    }
    return Foreign.call(builder, "build");
  }

  private static boolean isSet(@Nullable Object parameters) throws Throwable {
    return Boolean.TRUE.equals(Foreign.read(parameters, "cacheSystemMessages"))
        || Boolean.TRUE.equals(Foreign.read(parameters, "cacheTools"));
  }

  private static long systemTokens(Map<String, ?> plain) {
    return plain.get("messages") instanceof List<?> messages
        ? messages.stream()
            .filter(each -> each instanceof Map<?, ?> map && "SYSTEM".equals(map.get("type")))
            .mapToLong(CacheMarks::tokens)
            .sum()
        : 0;
  }
}
