package io.gild.libraries;

import com.google.auto.service.AutoService;
import io.gild.weaver.ClassShape;
import io.gild.weaver.Foreign;
import io.gild.weaver.LazyRuntime;
import io.gild.weaver.ProxiedMethods;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weaves LangChain4j: the default methods of its model interfaces, through which every vendor and
 * every lambda is called, its tools, and the proxies of agents and workflows that are interfaces.
 */
final class LangChain4j implements Library {

  private static final String CHAT = "dev/langchain4j/model/chat/ChatModel";
  private static final String STREAMING = "dev/langchain4j/model/chat/StreamingChatModel";
  private static final String EMBEDDING = "dev/langchain4j/model/embedding/EmbeddingModel";
  private static final String DIMENSIONS =
      "dev/langchain4j/model/embedding/DimensionAwareEmbeddingModel";
  private static final String HTTP = "dev/langchain4j/http/client/HttpClient";
  static final String LISTENER = "dev.langchain4j.http.client.sse.ServerSentEventListener";
  private static final String OPENS =
      "(Ldev/langchain4j/http/client/HttpRequest;"
          + "Ldev/langchain4j/http/client/sse/ServerSentEventParser;"
          + "Ldev/langchain4j/http/client/sse/ServerSentEventListener;)V";
  private static final String AI_SERVICE = "dev/langchain4j/service/DefaultAiServices$1";
  private static final String AI_SERVICES = "dev/langchain4j/service/DefaultAiServices";
  private static final String WORKFLOW =
      "dev/langchain4j/agentic/internal/PlannerBasedInvocationHandler";
  private static final String INVOKE =
      "(Ljava/lang/Object;Ljava/lang/reflect/Method;[Ljava/lang/Object;)Ljava/lang/Object;";
  private static final String TOOL = "dev/langchain4j/service/tool/DefaultToolExecutor";

  private static final String MCP_TOOL = "dev/langchain4j/mcp/McpToolExecutor";

  private static final String REQUEST = "(Ldev/langchain4j/model/chat/request/ChatRequest;";
  private static final String RESPONSE = ")Ldev/langchain4j/model/chat/response/ChatResponse;";
  private static final String FUTURE = ")Ljava/util/concurrent/CompletableFuture;";
  private static final String HANDLER =
      "Ldev/langchain4j/model/chat/response/StreamingChatResponseHandler;)V";
  private static final String EMBEDDING_REQUEST =
      "(Ldev/langchain4j/model/embedding/request/EmbeddingRequest;)";
  private static final String SEGMENTS = "(Ljava/util/List;)";
  private static final String TOOL_REQUEST = "(Ldev/langchain4j/agent/tool/ToolExecutionRequest;";

  private static final LibraryMethod CHATS =
      LibraryMethod.chat("dev.langchain4j.model.chat.ChatModel", "chat");
  private static final LibraryMethod EMBEDDINGS =
      LibraryMethod.embeddings("dev.langchain4j.model.embedding.EmbeddingModel", "embed");

  private final ProxiedMethods proxied;
  private final LibraryMethods methods;
  private final ModelDialect dialect = new LangChain4jDialect();
  private final ModelDialect embeddings = new LangChain4jEmbeddings(dialect);

  /** The request also contains an identifier, which differs between attempts of the agent. */
  private static final ToolDialect REQUESTS =
      new ToolDialect() {
        @Override
        public String name(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
          return Foreign.text(arguments[0], "name");
        }

        @Override
        public Object input(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
          return Foreign.text(arguments[0], "arguments");
        }
      };

  LangChain4j(LazyRuntime runtime, ProxiedMethods proxied) {
    this.proxied = proxied;
    this.methods = new LibraryMethods(runtime, "langchain4j");
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    String name = method.name();
    if (name.equals("invoke")) {
      boolean handler = shape.is(AI_SERVICE) || shape.is(WORKFLOW);
      return handler && method.descriptor().equals(INVOKE) ? new ProxyJoinPoint(proxied) : null;
    }
    if (name.equals("build")) {
      return shape.is(AI_SERVICES) && proxied.areServed() ? new ProxyMadeJoinPoint(proxied) : null;
    }
    if (name.startsWith("chat")) {
      return chat(shape, method.descriptor());
    }
    if (name.startsWith("embed")) {
      return embedding(shape, method.descriptor());
    }
    if (name.equals("execute") && method.descriptor().equals(OPENS)) {
      return shape.isDirectly(HTTP) ? new WireWatch.Opened() : null;
    }
    return name.startsWith("execute")
            && (shape.is(TOOL) || shape.is(MCP_TOOL))
            && method.descriptor().startsWith(TOOL_REQUEST)
        ? new ToolJoinPoint(methods, shape.name(), REQUESTS)
        : null;
  }

  private @Nullable JoinPoint chat(ClassShape shape, String descriptor) {
    if (!descriptor.startsWith(REQUEST)) {
      return null;
    }
    if (isOrExtends(shape, STREAMING) && descriptor.endsWith(HANDLER)) {
      return new StreamingJoinPoint(methods, dialect);
    }
    if (isOrExtends(shape, CHAT)) {
      if (descriptor.endsWith(RESPONSE)) {
        return new ModelJoinPoint(methods, CHATS, dialect);
      }
      if (descriptor.endsWith(FUTURE)) {
        return new ModelFutureJoinPoint(methods, CHATS, dialect);
      }
    }
    return null;
  }

  private @Nullable JoinPoint embedding(ClassShape shape, String descriptor) {
    boolean sendsRequest =
        descriptor.startsWith(SEGMENTS) || descriptor.startsWith(EMBEDDING_REQUEST);
    if (!sendsRequest || !isOrExtends(shape, EMBEDDING) && !shape.isDirectly(DIMENSIONS)) {
      return null;
    }
    return descriptor.endsWith(FUTURE)
        ? new ModelFutureJoinPoint(methods, EMBEDDINGS, embeddings)
        : new ModelJoinPoint(methods, EMBEDDINGS, embeddings);
  }

  private static boolean isOrExtends(ClassShape shape, String internalName) {
    return shape.is(internalName) || shape.isDirectly(internalName);
  }

  /** Makes the library. */
  @AutoService(LibraryProvider.class)
  public static final class Provider implements LibraryProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of(CHAT, STREAMING, EMBEDDING, TOOL, MCP_TOOL, AI_SERVICE, AI_SERVICES, WORKFLOW);
    }

    @Override
    public Set<String> supertypes() {
      return Set.of(CHAT, STREAMING, EMBEDDING, DIMENSIONS, HTTP);
    }

    @Override
    public Library create(LibraryContext context) {
      return new LangChain4j(context.runtime(), context.proxied());
    }
  }
}
