package io.gild.libraries;

import io.gild.core.GildLog;
import io.gild.weaver.Foreign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prepares Bedrock's requests to converse for its cache, by cache points. */
final class ConversePromptCache {

  private static final String MODEL = "software.amazon.awssdk.services.bedrockruntime.model.";

  /** Models that cache tools and the system message; Bedrock rejects cache points of others. */
  private static final List<String> CLAUDE =
      List.of(
          "claude-opus-4",
          "claude-sonnet-4",
          "claude-haiku-4",
          "claude-3-7-sonnet",
          "claude-3-5-haiku",
          "claude-3-5-sonnet-20241022-v2");

  /** Models that cache the system message, and no tools. */
  private static final List<String> NOVA =
      List.of("nova-micro", "nova-lite", "nova-pro", "nova-premier");

  private ConversePromptCache() {}

  static @Nullable Object[] prepare(
      @Nullable Object[] arguments, @Nullable String model, PromptCache wanted) throws Throwable {
    Object request = arguments[0];
    String name = model == null ? "" : model.toLowerCase(Locale.ROOT);
    boolean claude = CLAUDE.stream().anyMatch(name::contains);
    if (request == null || !claude && NOVA.stream().noneMatch(name::contains)) {
      throw new UnsupportedOperationException(
          "of Bedrock, only requests to converse with models that are known to cache are marked,"
              + " and "
              + model
              + " is not");
    }
    if (isMarked(request)) {
      return arguments;
    }
    if (wanted.anHour()) {
      GildLog.infoOnce("prompt-cache.ttl is 1h, but cache points of Bedrock are set for 5m only.");
    }
    Object builder = Foreign.call(request, "toBuilder");
    long minimum = CacheMarks.minimum(name);
    List<?> tools = Foreign.list(request, "toolConfig", "tools");
    List<?> sorted = ToolOrder.sorted(tools, ConversePromptCache::name);
    long toolTokens = tools.isEmpty() ? 0 : CacheMarks.tokens(tools.toString());
    List<?> marked = claude && toolTokens >= minimum ? marked(request, sorted, "Tool") : sorted;
    if (marked != tools) {
      Object config = Objects.requireNonNull(Foreign.read(request, "toolConfig"));
      Object changed = Foreign.call(Foreign.call(config, "toBuilder"), "tools", marked);
      Foreign.call(builder, "toolConfig", Foreign.call(changed, "build"));
    }
    List<?> system = Foreign.list(request, "system");
    boolean marksSystem =
        !system.isEmpty() && toolTokens + CacheMarks.tokens(system.toString()) >= minimum;
    if (marksSystem) {
      Foreign.call(builder, "system", marked(request, system, "SystemContentBlock"));
    }
    if (marked == tools && !marksSystem) {
      return arguments;
    }
    @Nullable Object[] prepared = arguments.clone();
    prepared[0] = Foreign.call(builder, "build");
    return prepared;
  }

  private static boolean isMarked(Object request) throws Throwable {
    return hasPoint(Foreign.list(request, "system"))
        || hasPoint(Foreign.list(request, "toolConfig", "tools"))
        || messageHasPoint(Foreign.list(request, "messages"));
  }

  private static boolean messageHasPoint(List<?> messages) throws Throwable {
    for (Object message : messages) {
      if (hasPoint(Foreign.list(message, "content"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasPoint(List<?> blocks) throws Throwable {
    for (Object block : blocks) {
      if (Foreign.read(block, "cachePoint") != null) {
        return true;
      }
    }
    return false;
  }

  private static List<Object> marked(Object sibling, List<?> blocks, String type) throws Throwable {
    List<Object> marked = new ArrayList<>(blocks);
    try {
      Object builder = Foreign.make(sibling, MODEL + "CachePointBlock", "builder");
      Object point = Foreign.call(Foreign.call(builder, "type", "default"), "build");
      marked.add(Foreign.make(sibling, MODEL + type, "fromCachePoint", point));
    } catch (ClassNotFoundException old) {
      throw new UnsupportedOperationException(
          "this version of the SDK of Bedrock has no cache points", old);
    }
    return marked;
  }

  private static String name(Object tool) {
    try {
      return Foreign.text(tool, "toolSpec", "name");
    } catch (Throwable fault) {
      throw new IllegalStateException("a tool without a name", fault);
    }
  }
}
