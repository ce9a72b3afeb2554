package io.gild.libraries;

import io.gild.config.Json;
import io.gild.config.TokenKind;
import io.gild.weaver.Foreign;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Spring AI's {@code Prompt} and {@code ChatResponse}. */
final class SpringAiDialect extends ModelDialect implements TapedDialect {

  private static final String CHAT = "org.springframework.ai.chat.";
  private static final String SYSTEM_MESSAGE = "org.springframework.ai.chat.messages.SystemMessage";
  private static final String RESPONSE = CHAT + "model.ChatResponse";
  private static final String GENERATION = CHAT + "model.Generation";
  private static final String ASSISTANT = CHAT + "messages.AssistantMessage";

  private static final String METADATA = CHAT + "metadata.";

  private static final String[][] PROVIDERS = {
    {"azure", "azure.ai.openai"},
    {"openai", "openai"},
    {"anthropic", "anthropic"},
    {"bedrock", "aws.bedrock"},
    {"vertex", "gcp.vertex_ai"},
    {"google", "gcp.gemini"},
    {"mistral", "mistral_ai"},
    {"deepseek", "deepseek"},
    {"ollama", "ollama"},
  };

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) {
    return provider(self);
  }

  /** Returns the provider by the name of the model's class. */
  static String provider(@Nullable Object self) {
    String name = self == null ? "" : self.getClass().getName().toLowerCase(Locale.ROOT);
    for (String[] known : PROVIDERS) {
      if (name.contains(known[0])) {
        return known[1];
      }
    }
    return "spring_ai";
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    Object own = Foreign.read(arguments[0], "getOptions", "getModel");
    return (String) (own == null ? Foreign.read(options(self), "getModel") : own);
  }

  /** Version 2 names them options, earlier versions default options. */
  private static @Nullable Object options(@Nullable Object self) throws Throwable {
    Object options = Foreign.read(self, "getOptions");
    return options == null ? Foreign.read(self, "getDefaultOptions") : options;
  }

  @Override
  @Nullable String prompt(@Nullable Object[] arguments) throws Throwable {
    return (String) Foreign.read(arguments[0], "getUserMessage", "getText");
  }

  @Override
  @Nullable Object[] withModel(@Nullable Object self, @Nullable Object[] arguments, String model)
      throws Throwable {
    @Nullable Object[] routed = arguments.clone();
    Object prompt = routed[0];
    Object own = Foreign.read(prompt, "getOptions");
    Object options = own == null ? options(self) : own;
    if (prompt == null || options == null) {
      throw new IllegalStateException("neither the prompt nor the model has options");
    }
    Object builder = Foreign.call(prompt, "mutate");
    routed[0] = Foreign.call(Foreign.call(builder, "chatOptions", asking(options, model)), "build");
    return routed;
  }

  @Override
  @Nullable Object[] withInstructions(@Nullable Object[] arguments, String text) throws Throwable {
    Object prompt = arguments[0];
    if (prompt == null) {
      return arguments;
    }
    List<Object> messages =
        Builders.withSystemText(
            prompt,
            Foreign.list(prompt, "getInstructions"),
            SYSTEM_MESSAGE,
            "getText",
            "new",
            text);
    Object builder = Foreign.call(prompt, "mutate");
    Object changed = Foreign.call(Foreign.call(builder, "messages", messages), "build");
    @Nullable Object[] instructed = arguments.clone();
    instructed[0] = changed;
    return instructed;
  }

  private static Object asking(Object options, String model) throws Throwable {
    if (Foreign.has(options, "mutate")) {
      Object builder = Foreign.call(options, "mutate");
      return Foreign.call(Foreign.call(builder, "model", model), "build");
    }
    Object copy = Foreign.call(options, "copy");
    Foreign.call(copy, "setModel", model);
    return copy;
  }

  /** Only the client of Anthropic keeps it, in the provider's own counts. */
  @Override
  @Nullable String serviceTier(Object response) throws Throwable {
    Object own = Foreign.read(response, "getMetadata", "getUsage", "getNativeUsage");
    return own == null ? null : Foreign.word(own, "serviceTier");
  }

  @Override
  @Nullable Object[] withPromptCache(
      @Nullable Object self, @Nullable Object[] arguments, PromptCache wanted) throws Throwable {
    return SpringAiPromptCache.prepare(this, options(self), self, arguments, wanted);
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(value, RESPONSE);
  }

  @Override
  ReadAnswer read(Object response) throws Throwable {
    Object generation = Foreign.read(response, "getResult");
    Object message = Foreign.read(generation, "getOutput");
    List<String> tools = new ArrayList<>();
    for (Object call : Foreign.list(message, "getToolCalls")) {
      tools.add(Foreign.text(call, "name"));
    }
    String model = Foreign.text(response, "getMetadata", "getModel");
    String finish = Foreign.text(generation, "getMetadata", "getFinishReason");
    return new ReadAnswer(
        model.isEmpty() ? ReadAnswer.UNKNOWN_MODEL : model,
        counts(Foreign.read(response, "getMetadata", "getUsage")).usage(),
        finish.isEmpty() ? null : finish.toLowerCase(Locale.ROOT),
        tools);
  }

  /** The provider's own counts are more detailed, if Gild can read them. */
  static ReportedTokens counts(@Nullable Object usage) {
    Object own = Foreign.read(usage, "getNativeUsage");
    String type = own == null ? "" : own.getClass().getName();
    ReportedTokens counts = new ReportedTokens();
    if (type.startsWith("com.openai.")) {
      counts = OpenAiDialect.counts(own);
    } else if (type.startsWith("com.anthropic.")) {
      // The last chunk of a stream may have no input count; Spring AI then has the first
      // one's.
      Long input = Foreign.number(own, "inputTokens");
      counts =
          AnthropicDialect.counts(own)
              .setPlainInput(
                  input == null ? positive(Foreign.number(usage, "getPromptTokens")) : input);
    }
    return counts.isEmpty() ? ofSpring(usage) : counts;
  }

  /** Spring AI reports a missing count as zero. */
  private static ReportedTokens ofSpring(@Nullable Object usage) {
    return new ReportedTokens()
        .set(TokenKind.INPUT, positive(Foreign.number(usage, "getPromptTokens")))
        .set(TokenKind.CACHED_INPUT, positive(Foreign.number(usage, "getCacheReadInputTokens")))
        .set(TokenKind.CACHE_WRITE, positive(Foreign.number(usage, "getCacheWriteInputTokens")))
        .set(TokenKind.OUTPUT, positive(Foreign.number(usage, "getCompletionTokens")));
  }

  private static @Nullable Long positive(@Nullable Long tokens) {
    return tokens == null || tokens <= 0 ? null : tokens;
  }

  /** Responses that each contain a chunk of text; the last ones contain the metadata. */
  private final class Responses extends ModelChunks {

    /** Whether the model is one of Spring AI's own, which always return some text. */
    private final boolean own;

    private boolean receivedAny;

    /** Whether Ollama reported that more chunks follow. */
    private boolean awaited;

    Responses(boolean own) {
      this.own = own;
    }

    @Override
    void add(Object response) throws Throwable {
      receivedAny = true;
      ReadAnswer chunk = read(response);
      takeServiceTier(SpringAiDialect.this.serviceTier(response));
      take(once(chunk.model()), chunk.finishReason());
      tokens.takeCumulative(counts(Foreign.read(response, "getMetadata", "getUsage")));
      tools.addAll(chunk.toolCalls());
      Object metadata = Foreign.read(response, "getMetadata");
      Object done = metadata == null ? null : valueOf(metadata, "done");
      awaited = done == null ? awaited : Boolean.FALSE.equals(done);
    }

    /**
     * A model of Spring AI may not report why it stopped: only its transport sees the last event.
     */
    @Override
    boolean isEnded(@Nullable Boolean decoded) {
      if (ended || decoded != null) {
        return ended || Boolean.TRUE.equals(decoded);
      }
      return !awaited && (receivedAny || !own);
    }
  }

  /** When Spring AI joins Ollama's chunks, it also joins the names of the model. */
  private static String once(String name) {
    String half = name.substring(0, name.length() / 2);
    return !half.isEmpty() && name.equals(half + half) ? half : name;
  }

  private static @Nullable Object valueOf(Object metadata, String key) throws Throwable {
    return Foreign.has(metadata, "keySet") ? Foreign.call(metadata, "get", key) : null;
  }

  @Override
  ModelChunks chunks(@Nullable Object self, @Nullable Object[] arguments) {
    return new Responses(
        self != null && self.getClass().getName().startsWith("org.springframework.ai."));
  }

  @Override
  String text(Object response) throws Throwable {
    return Foreign.text(response, "getResult", "getOutput", "getText");
  }

  @Override
  Object responseOf(Object librarySibling, String text) throws Throwable {
    Object message = Foreign.make(librarySibling, ASSISTANT, "new", text);
    Object generation = Foreign.make(librarySibling, GENERATION, "new", message);
    return Foreign.make(librarySibling, RESPONSE, "new", List.of(generation));
  }

  private static final String[][] PLAIN_OPTIONS = {
    {"temperature", "getTemperature"},
    {"top-p", "getTopP"},
    {"top-k", "getTopK"},
    {"max-tokens", "getMaxTokens"},
    {"frequency-penalty", "getFrequencyPenalty"},
    {"presence-penalty", "getPresencePenalty"},
  };

  @Override
  public Map<String, ?> plainRequest(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    Map<String, Object> plain = new LinkedHashMap<>();
    put(plain, "model", askedModel(self, arguments));
    List<Object> messages = new ArrayList<>();
    for (Object message : Foreign.list(arguments[0], "getInstructions")) {
      messages.add(plainMessage(message));
    }
    plain.put("messages", messages);
    Object options = Foreign.read(arguments[0], "getOptions");
    for (String[] option : PLAIN_OPTIONS) {
      put(plain, option[0], Foreign.read(options, option[1]));
    }
    List<?> stops = Foreign.list(options, "getStopSequences");
    put(plain, "stop-sequences", stops.isEmpty() ? null : stops);
    List<Object> tools = new ArrayList<>();
    for (Object tool : Foreign.list(options, "getToolCallbacks")) {
      Map<String, Object> described = new LinkedHashMap<>();
      put(described, "name", Foreign.read(tool, "getToolDefinition", "name"));
      put(described, "description", Foreign.read(tool, "getToolDefinition", "description"));
      put(described, "parameters", json(Foreign.text(tool, "getToolDefinition", "inputSchema")));
      tools.add(described);
    }
    put(plain, "tools", tools.isEmpty() ? null : tools);
    return plain;
  }

  private static @Nullable Object json(String text) {
    try {
      return Json.read(text);
    } catch (IllegalArgumentException plain) {
      return text;
    }
  }

  private static void put(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  private static Object plainMessage(Object message) throws Throwable {
    Map<String, Object> plain = new LinkedHashMap<>();
    put(plain, "role", Foreign.text(message, "getMessageType").toLowerCase(Locale.ROOT));
    put(plain, "content", Foreign.read(message, "getText"));
    plainCalls(message, plain);
    List<Object> results = new ArrayList<>();
    for (Object result : Foreign.list(message, "getResponses")) {
      Map<String, Object> each = new LinkedHashMap<>();
      put(each, "id", Foreign.read(result, "id"));
      put(each, "name", Foreign.read(result, "name"));
      put(each, "result", Foreign.read(result, "responseData"));
      results.add(each);
    }
    put(plain, "tool-results", results.isEmpty() ? null : results);
    int media = Foreign.list(message, "getMedia").size();
    put(plain, "media", media == 0 ? null : media);
    return plain;
  }

  private static void plainCalls(Object message, Map<String, Object> into) throws Throwable {
    List<Object> calls = new ArrayList<>();
    for (Object call : Foreign.list(message, "getToolCalls")) {
      Map<String, Object> each = new LinkedHashMap<>();
      put(each, "id", Foreign.read(call, "id"));
      put(each, "type", Foreign.read(call, "type"));
      put(each, "name", Foreign.read(call, "name"));
      put(each, "arguments", Foreign.read(call, "arguments"));
      calls.add(each);
    }
    put(into, "tool-calls", calls.isEmpty() ? null : calls);
  }

  @Override
  public Object plain(Object response) throws Throwable {
    Map<String, Object> plain = new LinkedHashMap<>();
    List<Object> generations = new ArrayList<>();
    for (Object generation : Foreign.list(response, "getResults")) {
      Object message = Objects.requireNonNull(Foreign.read(generation, "getOutput"));
      Map<String, Object> each = new LinkedHashMap<>();
      put(each, "text", Foreign.read(message, "getText"));
      plainCalls(message, each);
      put(each, "properties", entries(Foreign.read(message, "getMetadata")));
      put(each, "finish-reason", Foreign.read(generation, "getMetadata", "getFinishReason"));
      put(each, "metadata", entriesOf(Foreign.read(generation, "getMetadata")));
      generations.add(each);
    }
    plain.put("generations", generations);
    Object metadata = Foreign.read(response, "getMetadata");
    put(plain, "id", Foreign.read(metadata, "getId"));
    put(plain, "model", Foreign.read(metadata, "getModel"));
    put(plain, "metadata", entriesOf(metadata));
    put(plain, "input-tokens", Foreign.read(metadata, "getUsage", "getPromptTokens"));
    put(plain, "output-tokens", Foreign.read(metadata, "getUsage", "getCompletionTokens"));
    return plain;
  }

  /** Returns the entries of metadata; null if there are none. */
  private static @Nullable Object entriesOf(@Nullable Object metadata) throws Throwable {
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (Object each : Foreign.list(metadata, "entrySet")) {
      if (each instanceof Map.Entry<?, ?> entry && entry.getKey() != null) {
        entries.put(entry.getKey(), entry.getValue());
      }
    }
    return entries(entries);
  }

  /** Keeps values that a file preserves: texts, whole numbers and booleans. */
  private static @Nullable Object entries(@Nullable Object entries) {
    Map<String, Object> plain = new LinkedHashMap<>();
    if (entries instanceof Map<?, ?> map) {
      map.forEach((key, value) -> {
        if (value instanceof String
            || value instanceof Boolean
            || value instanceof Integer
            || value instanceof Long) {
          plain.put(String.valueOf(key), value);
        }
      });
    }
    return plain.isEmpty() ? null : plain;
  }

  @Override
  public Object fromPlain(Object librarySibling, Object plain) throws Throwable {
    Map<?, ?> map = (Map<?, ?>) plain;
    List<Object> generations = new ArrayList<>();
    for (Object each : (List<?>) Objects.requireNonNull(map.get("generations"))) {
      generations.add(generation(librarySibling, (Map<?, ?>) each));
    }
    Object metadata = Foreign.make(librarySibling, METADATA + "ChatResponseMetadata", "builder");
    if (map.get("metadata") instanceof Map<?, ?> entries) {
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        Foreign.call(metadata, "keyValue", String.valueOf(entry.getKey()), value(entry));
      }
    }
    if (map.get("id") instanceof String id) {
      Foreign.call(metadata, "id", id);
    }
    if (map.get("model") instanceof String model) {
      Foreign.call(metadata, "model", model);
    }
    if (map.get("input-tokens") instanceof Number input
        && map.get("output-tokens") instanceof Number output) {
      Foreign.call(
          metadata,
          "usage",
          Foreign.make(
              librarySibling,
              METADATA + "DefaultUsage",
              "new",
              input.intValue(),
              output.intValue()));
    }
    return Foreign.make(
        librarySibling, RESPONSE, "new", generations, Foreign.call(metadata, "build"));
  }

  private static Object generation(Object librarySibling, Map<?, ?> plain) throws Throwable {
    Object builder = Foreign.make(librarySibling, METADATA + "ChatGenerationMetadata", "builder");
    if (plain.get("finish-reason") instanceof String reason) {
      Foreign.call(builder, "finishReason", reason);
    }
    if (plain.get("metadata") instanceof Map<?, ?> entries) {
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        Foreign.call(builder, "metadata", String.valueOf(entry.getKey()), value(entry));
      }
    }
    return Foreign.make(
        librarySibling,
        GENERATION,
        "new",
        message(librarySibling, plain),
        Foreign.call(builder, "build"));
  }

  /** Whole numbers are read as long, and are mostly int in the library. */
  private static Object value(Map.Entry<?, ?> entry) {
    Object value = Objects.requireNonNull(entry.getValue());
    return value instanceof Long number && number == number.intValue()
        ? (Object) number.intValue()
        : value;
  }

  private static Object message(Object librarySibling, Map<?, ?> plain) throws Throwable {
    List<Object> calls = new ArrayList<>();
    if (plain.get("tool-calls") instanceof List<?> list) {
      for (Object each : list) {
        Map<?, ?> call = (Map<?, ?>) each;
        calls.add(
            Foreign.make(
                librarySibling,
                ASSISTANT + "$ToolCall",
                "new",
                text(call, "id"),
                text(call, "type"),
                text(call, "name"),
                text(call, "arguments")));
      }
    }
    Object builder = Foreign.make(librarySibling, ASSISTANT, "builder");
    if (plain.get("text") instanceof String text) {
      Foreign.call(builder, "content", text);
    }
    if (plain.get("properties") instanceof Map<?, ?> properties) {
      Map<String, Object> given = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : properties.entrySet()) {
        given.put(String.valueOf(entry.getKey()), value(entry));
      }
      Foreign.call(builder, "properties", given);
    }
    Foreign.call(builder, "toolCalls", calls);
    return Foreign.call(builder, "build");
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }
}
