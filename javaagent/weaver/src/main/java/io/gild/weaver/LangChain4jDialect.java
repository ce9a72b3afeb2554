package io.gild.weaver;

import io.gild.core.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** LangChain4j's {@code ChatRequest} and {@code ChatResponse}. */
final class LangChain4jDialect extends ModelDialect {

  private static final String MODEL = "dev.langchain4j.model.";
  private static final String REQUEST = MODEL + "chat.request.ChatRequest";
  private static final String PARAMETERS = MODEL + "chat.request.DefaultChatRequestParameters";
  private static final String RESPONSE = MODEL + "chat.response.ChatResponse";
  private static final String AI_MESSAGE = "dev.langchain4j.data.message.AiMessage";
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

  /** Keeps all other parameters, a vendor's own too. */
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
  boolean isResponse(Object value) {
    return Foreign.is(value, RESPONSE);
  }

  @Override
  ModelAnswer read(Object response) throws Throwable {
    Object metadata = Foreign.read(response, "metadata");
    Object message = Foreign.read(response, "aiMessage");
    Object tokens = Foreign.read(metadata, "tokenUsage");
    Object model = Foreign.read(metadata, "modelName");
    Object finish = Foreign.read(metadata, "finishReason");
    List<String> tools = new ArrayList<>();
    for (Object call : Foreign.list(message, "toolExecutionRequests")) {
      tools.add(Foreign.text(call, "name"));
    }
    return new ModelAnswer(
        model == null ? ModelAnswer.UNKNOWN_MODEL : model.toString(),
        tokens == null ? Usage.NONE : usage(tokens),
        finish == null ? null : finish.toString().toLowerCase(Locale.ROOT),
        tools,
        tools.isEmpty() && Foreign.text(message, "text").isEmpty());
  }

  /** Anthropic's input tokens leave out the cached ones; OpenAI's do not. */
  private static Usage usage(Object tokens) throws Throwable {
    long apart = Foreign.count(tokens, "cacheReadInputTokens");
    long within = Foreign.count(tokens, "inputTokensDetails", "cachedTokens");
    long input = Foreign.count(tokens, "inputTokenCount") + apart;
    return new Usage(
        input, Math.min(apart + within, input), Foreign.count(tokens, "outputTokenCount"));
  }

  @Override
  String text(Object response) throws Throwable {
    return Foreign.text(response, "aiMessage", "text");
  }

  @Override
  Object responseOf(Object neighbour, String text) throws Throwable {
    Object message = Foreign.make(neighbour, AI_MESSAGE, "from", text);
    Object builder = Foreign.make(neighbour, RESPONSE, "builder");
    return Foreign.call(Foreign.call(builder, "aiMessage", message), "build");
  }
}
