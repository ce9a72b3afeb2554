package io.gild.weaver;

import io.gild.core.GildLog;
import io.gild.core.Usage;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and rewrites requests and responses of one copy of LangChain4j, of which nothing but names
 * is known here.
 *
 * <p>All names are looked up together, once per class loader: if one is missing, this copy is left
 * alone.
 */
final class LangChain4jShape {

  private static final String MODEL = "dev.langchain4j.model.";
  private static final String REQUEST = MODEL + "chat.request.ChatRequest";
  private static final String PARAMETERS = MODEL + "chat.request.ChatRequestParameters";
  private static final String DEFAULTS = MODEL + "chat.request.DefaultChatRequestParameters";
  private static final String RESPONSE = MODEL + "chat.response.ChatResponse";
  private static final String METADATA = MODEL + "chat.response.ChatResponseMetadata";
  private static final String TOKENS = MODEL + "output.TokenUsage";
  private static final String AI_MESSAGE = "dev.langchain4j.data.message.AiMessage";
  private static final String USER_MESSAGE = "dev.langchain4j.data.message.UserMessage";

  private static final ClassValue<Optional<LangChain4jShape>> SHAPES =
      new ClassValue<>() {
        @Override
        protected Optional<LangChain4jShape> computeValue(Class<?> requestType) {
          return read(requestType.getClassLoader());
        }
      };

  private static final ClassValue<CachedTokens> CACHED_TOKENS =
      new ClassValue<>() {
        @Override
        protected CachedTokens computeValue(Class<?> tokensType) {
          return CachedTokens.of(tokensType);
        }
      };

  private final Class<?> responseType;
  private final Class<?> userMessageType;
  private final MethodHandle requestMessages;
  private final MethodHandle requestParameters;
  private final MethodHandle newRequest;
  private final MethodHandle withMessages;
  private final MethodHandle withParameters;
  private final MethodHandle buildRequest;
  private final MethodHandle parametersModel;
  private final MethodHandle chatDefaults;
  private final MethodHandle streamingDefaults;
  private final Class<?> chatType;
  private final MethodHandle overrideParameters;
  private final MethodHandle newParameters;
  private final MethodHandle withModel;
  private final MethodHandle buildParameters;
  private final MethodHandle responseMetadata;
  private final MethodHandle responseMessage;
  private final MethodHandle newResponse;
  private final MethodHandle withMessage;
  private final MethodHandle buildResponse;
  private final MethodHandle metadataModel;
  private final MethodHandle metadataTokens;
  private final MethodHandle metadataFinish;
  private final MethodHandle inputTokens;
  private final MethodHandle outputTokens;
  private final MethodHandle messageText;
  private final MethodHandle messageHasTools;
  private final MethodHandle messageOfText;
  private final MethodHandle userHasText;
  private final MethodHandle userText;

  private LangChain4jShape(ForeignHandles in) throws ReflectiveOperationException {
    responseType = in.type(RESPONSE);
    userMessageType = in.type(USER_MESSAGE);
    requestMessages = in.getter(REQUEST, "messages");
    requestParameters = in.getter(REQUEST, "parameters");
    newRequest = in.factory(REQUEST, "builder");
    withMessages = in.with(REQUEST + "$Builder", "messages", "java.util.List");
    withParameters = in.with(REQUEST + "$Builder", "parameters", PARAMETERS);
    buildRequest = in.getter(REQUEST + "$Builder", "build");
    parametersModel = in.getter(PARAMETERS, "modelName");
    chatType = in.type(MODEL + "chat.ChatModel");
    chatDefaults = in.getter(MODEL + "chat.ChatModel", "defaultRequestParameters");
    streamingDefaults = in.getter(MODEL + "chat.StreamingChatModel", "defaultRequestParameters");
    overrideParameters = in.with(PARAMETERS, "overrideWith", PARAMETERS);
    newParameters = in.factory(DEFAULTS, "builder");
    withModel = in.with(DEFAULTS + "$Builder", "modelName", "java.lang.String");
    buildParameters = in.getter(DEFAULTS + "$Builder", "build");
    responseMetadata = in.getter(RESPONSE, "metadata");
    responseMessage = in.getter(RESPONSE, "aiMessage");
    newResponse = in.factory(RESPONSE, "builder");
    withMessage = in.with(RESPONSE + "$Builder", "aiMessage", AI_MESSAGE);
    buildResponse = in.getter(RESPONSE + "$Builder", "build");
    metadataModel = in.getter(METADATA, "modelName");
    metadataTokens = in.getter(METADATA, "tokenUsage");
    metadataFinish = in.getter(METADATA, "finishReason");
    inputTokens = in.getter(TOKENS, "inputTokenCount");
    outputTokens = in.getter(TOKENS, "outputTokenCount");
    messageText = in.getter(AI_MESSAGE, "text");
    messageHasTools = in.getter(AI_MESSAGE, "hasToolExecutionRequests");
    messageOfText = in.factory(AI_MESSAGE, "from", "java.lang.String");
    userHasText = in.getter(USER_MESSAGE, "hasSingleText");
    userText = in.getter(USER_MESSAGE, "singleText");
  }

  /**
   * Finds the copy that a request belongs to.
   *
   * @param request a {@code ChatRequest}
   * @return its shape, or {@code null} if it is not as expected
   */
  static @Nullable LangChain4jShape of(@Nullable Object request) {
    return request == null ? null : SHAPES.get(request.getClass()).orElse(null);
  }

  private static Optional<LangChain4jShape> read(@Nullable ClassLoader loader) {
    if (loader == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new LangChain4jShape(new ForeignHandles(loader)));
    } catch (ReflectiveOperationException | LinkageError | RuntimeException other) {
      GildLog.infoOnce(
          "this LangChain4j is not one that Gild knows, its models are left alone: " + other);
      return Optional.empty();
    }
  }

  /** What a response tells of its making. */
  record Answer(String model, Usage usage, @Nullable String finishReason, boolean empty) {}

  boolean isResponse(@Nullable Object value) {
    return responseType.isInstance(value);
  }

  /** Reads a response. */
  Answer read(Object response) throws Throwable {
    Object metadata = responseMetadata.invoke(response);
    Object message = responseMessage.invoke(response);
    Object model = metadata == null ? null : metadataModel.invoke(metadata);
    Object tokens = metadata == null ? null : metadataTokens.invoke(metadata);
    Object finish = metadata == null ? null : metadataFinish.invoke(metadata);
    return new Answer(
        model == null ? "unknown" : model.toString(),
        tokens == null ? Usage.NONE : usage(tokens),
        finish == null ? null : finish.toString().toLowerCase(Locale.ROOT),
        message == null || isEmpty(message));
  }

  private boolean isEmpty(Object message) throws Throwable {
    Object text = messageText.invoke(message);
    return (text == null || text.toString().isEmpty())
        && !Boolean.TRUE.equals(messageHasTools.invoke(message));
  }

  private Usage usage(Object tokens) throws Throwable {
    CachedTokens cached = CACHED_TOKENS.get(tokens.getClass());
    long read = cached.count(tokens);
    long input = count(inputTokens.invoke(tokens)) + (cached.apart() ? read : 0);
    return new Usage(input, Math.min(read, input), count(outputTokens.invoke(tokens)));
  }

  private static long count(@Nullable Object tokens) {
    return tokens instanceof Number number ? Math.max(0, number.longValue()) : 0;
  }

  /** Returns the text of a response; empty if it has none. */
  String text(Object response) throws Throwable {
    Object message = responseMessage.invoke(response);
    Object text = message == null ? null : messageText.invoke(message);
    return text == null ? "" : text.toString();
  }

  /** Returns a response that says a text. */
  Object responseOf(String text) throws Throwable {
    Object builder = newResponse.invoke();
    return buildResponse.invoke(withMessage.invoke(builder, messageOfText.invoke(text)));
  }

  /** Returns the last text that the user said, or null. */
  @Nullable String prompt(Object request) throws Throwable {
    if (requestMessages.invoke(request) instanceof List<?> messages) {
      for (int i = messages.size() - 1; i >= 0; i--) {
        Object message = messages.get(i);
        if (userMessageType.isInstance(message)
            && Boolean.TRUE.equals(userHasText.invoke(message))) {
          return (String) userText.invoke(message);
        }
      }
    }
    return null;
  }

  /**
   * Returns the model that a request asks if nobody routes it: its own, or else the default of the
   * model object; {@code null} if neither names one.
   */
  @Nullable String askedModel(@Nullable Object model, Object request) throws Throwable {
    Object own = parametersModel.invoke(requestParameters.invoke(request));
    if (own != null || model == null) {
      return (String) own;
    }
    Object defaults =
        chatType.isInstance(model) ? chatDefaults.invoke(model) : streamingDefaults.invoke(model);
    return defaults == null ? null : (String) parametersModel.invoke(defaults);
  }

  /**
   * Returns a request to another model that is equal in all else, a vendor's own parameters too.
   */
  Object withModel(Object request, String model) throws Throwable {
    Object parameters = requestParameters.invoke(request);
    if (model.equals(parametersModel.invoke(parameters))) {
      return request;
    }
    Object wanted = buildParameters.invoke(withModel.invoke(newParameters.invoke(), model));
    Object builder = withMessages.invoke(newRequest.invoke(), requestMessages.invoke(request));
    return buildRequest.invoke(
        withParameters.invoke(builder, overrideParameters.invoke(parameters, wanted)));
  }

  /**
   * Where a vendor's token counts tell what was read from its cache.
   *
   * @param path getters to follow; empty if it does not tell
   * @param apart whether cached tokens are not among the input tokens
   */
  private record CachedTokens(List<MethodHandle> path, boolean apart) {

    static CachedTokens of(Class<?> tokensType) {
      try {
        MethodHandle details = ForeignHandles.getter(tokensType, "inputTokensDetails");
        Class<?> detailsType = tokensType.getMethod("inputTokensDetails").getReturnType();
        return new CachedTokens(
            List.of(details, ForeignHandles.getter(detailsType, "cachedTokens")), false);
      } catch (ReflectiveOperationException notOpenAi) {
        // Perhaps Anthropic.
      }
      try {
        return new CachedTokens(
            List.of(ForeignHandles.getter(tokensType, "cacheReadInputTokens")), true);
      } catch (ReflectiveOperationException unknown) {
        return new CachedTokens(List.of(), false);
      }
    }

    long count(Object tokens) throws Throwable {
      Object value = path.isEmpty() ? null : tokens;
      for (MethodHandle getter : path) {
        value = value == null ? null : getter.invoke(value);
      }
      return LangChain4jShape.count(value);
    }
  }
}
