package io.gild.weaver;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where LangChain4j is woven: the default methods of its model interfaces, through which every
 * vendor and every lambda is called, its tools, and its HTTP clients.
 */
final class LangChain4j implements Library {

  private static final String CHAT = "dev/langchain4j/model/chat/ChatModel";
  private static final String STREAMING = "dev/langchain4j/model/chat/StreamingChatModel";
  private static final String TOOL = "dev/langchain4j/service/tool/DefaultToolExecutor";
  private static final String HTTP = "dev/langchain4j/http/client/HttpClient";

  private static final String REQUEST = "(Ldev/langchain4j/model/chat/request/ChatRequest;";
  private static final String RESPONSE = ")Ldev/langchain4j/model/chat/response/ChatResponse;";
  private static final String HANDLER =
      "Ldev/langchain4j/model/chat/response/StreamingChatResponseHandler;)V";
  private static final String TOOL_REQUEST = "(Ldev/langchain4j/agent/tool/ToolExecutionRequest;";

  private static final LibraryMethod CHATS =
      LibraryMethod.chat("dev.langchain4j.model.chat.ChatModel", "chat");

  private final LazyRuntime runtime;
  private final LibraryMethods methods;
  private final ModelDialect dialect = new LangChain4jDialect();

  LangChain4j(LazyRuntime runtime) {
    this.runtime = runtime;
    this.methods = new LibraryMethods(runtime, "langchain4j");
  }

  @Override
  public Set<String> classes() {
    return Set.of(CHAT, STREAMING, TOOL);
  }

  @Override
  public Set<String> supertypes() {
    return Set.of(CHAT, STREAMING, HTTP);
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    String descriptor = method.descriptor();
    if (method.name().equals("chat") && descriptor.startsWith(REQUEST)) {
      if (is(shape, CHAT) && descriptor.endsWith(RESPONSE)) {
        return new ModelJoinPoint(methods, CHATS, dialect);
      }
      if (is(shape, STREAMING) && descriptor.endsWith(HANDLER)) {
        return new StreamingJoinPoint(methods, dialect);
      }
    }
    if (method.name().startsWith("execute")) {
      if (is(shape, TOOL) && descriptor.startsWith(TOOL_REQUEST)) {
        return new ToolJoinPoint(methods);
      }
      if (shape.isDirectly(HTTP)) {
        return new HttpJoinPoint(runtime);
      }
    }
    return null;
  }

  private static boolean is(ClassShape shape, String internalName) {
    return shape.is(internalName) || shape.isDirectly(internalName);
  }
}
