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

/** LangChain4j's {@code ChatRequest} and {@code ChatResponse}. */
final class LangChain4jDialect extends ModelDialect implements TapedDialect {

  private static final String MODEL = "dev.langchain4j.model.";
  private static final String REQUEST = MODEL + "chat.request.ChatRequest";
  private static final String PARAMETERS = MODEL + "chat.request.DefaultChatRequestParameters";
  private static final String RESPONSE = MODEL + "chat.response.ChatResponse";
  private static final String AI_MESSAGE = "dev.langchain4j.data.message.AiMessage";
  private static final String SERIALIZER = "dev.langchain4j.data.message.ChatMessageSerializer";
  private static final String DESERIALIZER = "dev.langchain4j.data.message.ChatMessageDeserializer";
  private static final String SCHEMAS = "dev.langchain4j.internal.JsonSchemaElementUtils";
  private static final String FINISH_REASON = MODEL + "output.FinishReason";
  private static final String TOKENS = MODEL + "output.TokenUsage";
  private static final String SYSTEM_MESSAGE = "dev.langchain4j.data.message.SystemMessage";
  private static final String USER_MESSAGE = "dev.langchain4j.data.message.UserMessage";

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
    String name = Foreign.text(self, "provider").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "open_ai" -> "openai";
      case "amazon_bedrock" -> "aws.bedrock";
      case "google_ai_gemini", "google_genai" -> "gcp.gemini";
      case "google_vertex_ai_gemini", "google_vertex_ai_anthropic" -> "gcp.vertex_ai";
      case "azure_open_ai" -> "azure.ai.openai";
      case "watsonx" -> "ibm.watsonx.ai";
      case "", "other" -> "langchain4j";
      default -> name;
    };
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    Object own = Foreign.read(arguments[0], "parameters", "modelName");
    return (String)
        (own == null ? Foreign.read(self, "defaultRequestParameters", "modelName") : own);
  }

  @Override
  @Nullable String prompt(@Nullable Object[] arguments) throws Throwable {
    List<?> messages = Foreign.list(arguments[0], "messages");
    for (int i = messages.size() - 1; i >= 0; i--) {
      Object message = messages.get(i);
      if (Foreign.is(message, USER_MESSAGE)
          && Boolean.TRUE.equals(Foreign.read(message, "hasSingleText"))) {
        return Foreign.text(message, "singleText");
      }
    }
    return null;
  }

  /** Keeps all other parameters, also those of a vendor. */
  @Override
  @Nullable Object[] withModel(@Nullable Object self, @Nullable Object[] arguments, String model)
      throws Throwable {
    @Nullable Object[] routed = arguments.clone();
    Object request = routed[0];
    Object parameters = Foreign.read(request, "parameters");
    if (request == null
        || parameters == null
        || model.equals(Foreign.read(parameters, "modelName"))) {
      return routed;
    }
    Object builder = Foreign.make(request, PARAMETERS, "builder");
    Object wanted = Foreign.call(Foreign.call(builder, "modelName", model), "build");
    Object requests = Foreign.make(request, REQUEST, "builder");
    Foreign.call(requests, "messages", Foreign.list(request, "messages"));
    Foreign.call(requests, "parameters", Foreign.call(parameters, "overrideWith", wanted));
    routed[0] = Foreign.call(requests, "build");
    return routed;
  }

  @Override
  @Nullable Object[] withInstructions(@Nullable Object[] arguments, String text) throws Throwable {
    Object request = arguments[0];
    Object parameters = Foreign.read(request, "parameters");
    if (request == null || parameters == null) {
      return arguments;
    }
    List<Object> messages =
        Builders.withSystemText(
            request, Foreign.list(request, "messages"), SYSTEM_MESSAGE, "text", "from", text);
    Object builder = Foreign.make(request, REQUEST, "builder");
    Foreign.call(builder, "messages", messages);
    Foreign.call(builder, "parameters", parameters);
    @Nullable Object[] instructed = arguments.clone();
    instructed[0] = Foreign.call(builder, "build");
    return instructed;
  }

  @Override
  @Nullable Object[] withPromptCache(
      @Nullable Object self, @Nullable Object[] arguments, PromptCache wanted) throws Throwable {
    return LangChain4jPromptCache.prepare(this, self, arguments, wanted);
  }

  @Override
  @Nullable String serviceTier(Object response) throws Throwable {
    String tier = Foreign.text(response, "metadata", "serviceTier");
    return tier.isEmpty() ? null : tier;
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(value, RESPONSE);
  }

  @Override
  ReadAnswer read(Object response) throws Throwable {
    Object metadata = Foreign.read(response, "metadata");
    Object message = Foreign.read(response, "aiMessage");
    Object tokens = Foreign.read(metadata, "tokenUsage");
    Object model = Foreign.read(metadata, "modelName");
    Object finish = Foreign.read(metadata, "finishReason");
    List<String> tools = new ArrayList<>();
    for (Object call : Foreign.list(message, "toolExecutionRequests")) {
      tools.add(Foreign.text(call, "name"));
    }
    return new ReadAnswer(
        model == null ? ReadAnswer.UNKNOWN_MODEL : model.toString(),
        counts(tokens).usage(),
        finish == null ? null : finish.toString().toLowerCase(Locale.ROOT),
        tools);
  }

  /** Anthropic's input tokens do not include cached ones; OpenAI's do. */
  private static ReportedTokens counts(@Nullable Object tokens) {
    Long read = Foreign.number(tokens, "cacheReadInputTokens");
    Long written = Foreign.number(tokens, "cacheCreationInputTokens");
    boolean apart = read != null || written != null;
    Long input = Foreign.number(tokens, "inputTokenCount");
    Long output = Foreign.number(tokens, "outputTokenCount");
    Long all = Foreign.number(tokens, "totalTokenCount");
    Long within = Foreign.number(tokens, "inputTokensDetails", "cachedTokens");
    Long prompt = input == null ? OpenAiDialect.rest(all, output) : input;
    return new ReportedTokens()
        .set(TokenKind.INPUT, apart ? null : prompt)
        .setPlainInput(apart ? prompt : null)
        .set(TokenKind.CACHED_INPUT, apart ? read : within)
        .set(TokenKind.CACHE_WRITE, written)
        .set(TokenKind.OUTPUT, output == null ? OpenAiDialect.rest(all, input) : output)
        .set(TokenKind.REASONING, Foreign.number(tokens, "outputTokensDetails", "reasoningTokens"));
  }

  @Override
  String text(Object response) throws Throwable {
    return Foreign.text(response, "aiMessage", "text");
  }

  @Override
  Object responseOf(Object librarySibling, String text) throws Throwable {
    Object message = Foreign.make(librarySibling, AI_MESSAGE, "from", text);
    Object builder = Foreign.make(librarySibling, RESPONSE, "builder");
    return Foreign.call(Foreign.call(builder, "aiMessage", message), "build");
  }

  private static final String[] PLAIN_PARAMETERS = {
    "temperature", "topP", "topK", "frequencyPenalty", "presencePenalty", "maxOutputTokens"
  };

  @Override
  public Map<String, ?> plainRequest(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    Object request = Objects.requireNonNull(arguments[0]);
    Object parameters = Foreign.read(request, "parameters");
    Map<String, Object> plain = new LinkedHashMap<>();
    put(plain, "model", askedModel(self, arguments));
    Object messages =
        Foreign.make(request, SERIALIZER, "messagesToJson", Foreign.list(request, "messages"));
    put(plain, "messages", Json.read(messages.toString()));
    for (String name : PLAIN_PARAMETERS) {
      put(plain, name, Foreign.read(parameters, name));
    }
    List<?> stops = Foreign.list(parameters, "stopSequences");
    put(plain, "stopSequences", stops.isEmpty() ? null : stops);
    put(plain, "toolChoice", Foreign.word(parameters, "toolChoice"));
    put(plain, "responseFormat", Foreign.word(parameters, "responseFormat"));
    List<Object> tools = new ArrayList<>();
    for (Object tool : Foreign.list(parameters, "toolSpecifications")) {
      tools.add(plainTool(request, tool));
    }
    put(plain, "tools", tools.isEmpty() ? null : tools);
    return plain;
  }

  private static Object plainTool(Object librarySibling, Object tool) throws Throwable {
    Map<String, Object> plain = new LinkedHashMap<>();
    put(plain, "name", Foreign.read(tool, "name"));
    put(plain, "description", Foreign.read(tool, "description"));
    Object parameters = Foreign.read(tool, "parameters");
    if (parameters != null) {
      put(plain, "parameters", Foreign.make(librarySibling, SCHEMAS, "toMap", parameters));
    }
    return plain;
  }

  private static void put(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  @Override
  public Object plain(Object response) throws Throwable {
    Map<String, Object> plain = new LinkedHashMap<>();
    Object message = Objects.requireNonNull(Foreign.read(response, "aiMessage"));
    Object json = Foreign.make(response, SERIALIZER, "messageToJson", message);
    put(plain, "message", Json.read(json.toString()));
    Object metadata = Foreign.read(response, "metadata");
    put(plain, "id", Foreign.read(metadata, "id"));
    put(plain, "model", Foreign.read(metadata, "modelName"));
    put(plain, "finish-reason", Foreign.word(metadata, "finishReason"));
    Object tokens = Foreign.read(metadata, "tokenUsage");
    put(plain, "input-tokens", Foreign.read(tokens, "inputTokenCount"));
    put(plain, "output-tokens", Foreign.read(tokens, "outputTokenCount"));
    return plain;
  }

  /** Only the text of chunks that are pushed to a handler is kept. */
  @Override
  public Object plainChunk(Object chunk) {
    return chunk;
  }

  @Override
  public Object fromPlain(Object librarySibling, Object plain) throws Throwable {
    Map<?, ?> map = (Map<?, ?>) plain;
    Object message =
        Foreign.make(
            librarySibling, DESERIALIZER, "messageFromJson", Json.write(map.get("message")));
    Object builder = Foreign.make(librarySibling, RESPONSE, "builder");
    Foreign.call(builder, "aiMessage", message);
    if (map.get("id") instanceof String id) {
      Foreign.call(builder, "id", id);
    }
    if (map.get("model") instanceof String model) {
      Foreign.call(builder, "modelName", model);
    }
    if (map.get("finish-reason") instanceof String reason) {
      Foreign.call(
          builder, "finishReason", Foreign.make(librarySibling, FINISH_REASON, "valueOf", reason));
    }
    if (map.get("input-tokens") instanceof Number input
        && map.get("output-tokens") instanceof Number output) {
      Foreign.call(
          builder,
          "tokenUsage",
          Foreign.make(librarySibling, TOKENS, "new", input.intValue(), output.intValue()));
    }
    return Foreign.call(builder, "build");
  }
}
