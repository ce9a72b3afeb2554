package io.gild.libraries;

import io.gild.weaver.Foreign;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prepares Spring AI's requests to Anthropic for its cache, by the options of Spring AI's own. */
final class SpringAiPromptCache {

  private static final String ANTHROPIC = "org.springframework.ai.anthropic.Anthropic";
  private static final String TYPE = "org.springframework.ai.chat.messages.MessageType";

  private SpringAiPromptCache() {}

  /**
   * @param defaults the options of the model; {@code null} if unknown
   */
  static @Nullable Object[] prepare(
      SpringAiDialect dialect,
      @Nullable Object defaults,
      @Nullable Object self,
      @Nullable Object[] arguments,
      PromptCache wanted)
      throws Throwable {
    Object prompt = arguments[0];
    Object own = Foreign.read(prompt, "getOptions");
    Object options = own == null ? defaults : own;
    if (prompt == null || options == null || !Foreign.is(options, ANTHROPIC + "ChatOptions")) {
      throw new UnsupportedOperationException(
          "of Spring AI, only requests to Anthropic with AnthropicChatOptions can be marked");
    }
    if (isSet(options) || isSet(defaults)) {
      return arguments;
    }
    long minimum =
        CacheMarks.minimum(Objects.requireNonNullElse(dialect.askedModel(self, arguments), ""));
    long tools = toolTokens(options);
    boolean marksTools = tools >= minimum;
    boolean marksSystem = tools + systemTokens(prompt) >= minimum;
    if (!marksTools && !marksSystem) {
      return arguments;
    }
    Object builder = Foreign.call(options, "mutate");
    Foreign.call(builder, "cacheOptions", wanted(prompt, marksTools, marksSystem, wanted.anHour()));
    Object prompts = Foreign.call(prompt, "mutate");
    Foreign.call(prompts, "chatOptions", Foreign.call(builder, "build"));
    @Nullable Object[] prepared = arguments.clone();
    prepared[0] = Foreign.call(prompts, "build");
    return prepared;
  }

  /** Returns whether the application chose a strategy of its own. */
  private static boolean isSet(@Nullable Object options) throws Throwable {
    String strategy = Foreign.word(options, "getCacheOptions", "getStrategy");
    return strategy != null && !strategy.toUpperCase(Locale.ROOT).equals("NONE");
  }

  private static Object wanted(Object sibling, boolean tools, boolean system, boolean anHour)
      throws Throwable {
    String strategy = tools && system ? "SYSTEM_AND_TOOLS" : tools ? "TOOLS_ONLY" : "SYSTEM_ONLY";
    Object builder = Foreign.make(sibling, ANTHROPIC + "CacheOptions", "builder");
    Foreign.call(
        builder,
        "strategy",
        Foreign.make(sibling, ANTHROPIC + "CacheStrategy", "valueOf", strategy));
    if (anHour) {
      Object hour = Foreign.make(sibling, ANTHROPIC + "CacheTtl", "valueOf", "ONE_HOUR");
      for (String type : new String[] {"SYSTEM", "TOOL"}) {
        Foreign.call(builder, "messageTypeTtl", Foreign.make(sibling, TYPE, "valueOf", type), hour);
      }
    }
    return Foreign.call(builder, "build");
  }

  private static long toolTokens(Object options) throws Throwable {
    long tokens = 0;
    for (Object tool : Foreign.list(options, "getToolCallbacks")) {
      Object definition = Foreign.read(tool, "getToolDefinition");
      for (String part : new String[] {"name", "description", "inputSchema"}) {
        tokens += CacheMarks.tokens(Foreign.text(definition, part));
      }
    }
    return tokens;
  }

  private static long systemTokens(Object prompt) throws Throwable {
    long tokens = 0;
    for (Object message : Foreign.list(prompt, "getInstructions")) {
      String type = Foreign.word(message, "getMessageType");
      if (type != null && type.toUpperCase(Locale.ROOT).equals("SYSTEM")) {
        tokens += CacheMarks.tokens(Foreign.text(message, "getText"));
      }
    }
    return tokens;
  }
}
