package io.gild.weaver;

import io.gild.config.PolicyTree;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The governed methods of a model library, one for each agent that calls them. */
final class LibraryMethods {

  private record Key(String agent, String className, String methodName) {}

  private static final String CHAT_REQUEST = "dev.langchain4j.model.chat.request.ChatRequest";
  private static final List<MethodSpec.Parameter> CHAT_PARAMETERS =
      List.of(
          new MethodSpec.Parameter("request", CHAT_REQUEST, MethodSpec.Role.NONE),
          new MethodSpec.Parameter("prompt", "java.lang.String", MethodSpec.Role.PROMPT));
  private static final String CHAT_DESCRIPTOR =
      "(Ldev/langchain4j/model/chat/request/ChatRequest;Ljava/lang/String;)"
          + "Ldev/langchain4j/model/chat/response/ChatResponse;";

  private final LazyRuntime runtime;
  private final String library;
  private final Map<Key, GovernedMethod> methods = new ConcurrentHashMap<>();

  /**
   * Creates the methods of a library.
   *
   * @param runtime governs the calls
   * @param library the agent of calls that no agent makes
   */
  LibraryMethods(LazyRuntime runtime, String library) {
    this.runtime = runtime;
    this.library = library;
  }

  /** Returns the method that asks a model; its arguments are the request and the last prompt. */
  @Nullable GovernedMethod chat(String className) {
    return method(CallKind.CHAT, className, "chat", CHAT_DESCRIPTOR, CHAT_PARAMETERS);
  }

  /** Returns the method that runs a tool. */
  @Nullable GovernedMethod tool(String className, String toolName, String descriptor) {
    return method(CallKind.TOOL, className, toolName, descriptor, List.of());
  }

  private @Nullable GovernedMethod method(
      CallKind kind,
      String className,
      String methodName,
      String descriptor,
      List<MethodSpec.Parameter> parameters) {
    AgentCall outer = AgentCall.current();
    String agent = outer == null ? library : outer.method().spec().agent();
    Key key = new Key(agent, className, methodName);
    GovernedMethod known = methods.get(key);
    if (known == null) {
      String version = outer == null ? "" : outer.method().spec().version();
      known =
          runtime.method(
              new MethodSpec(
                  kind,
                  agent,
                  version,
                  className,
                  methodName,
                  descriptor,
                  parameters,
                  Effect.NONE,
                  PolicyTree.empty()));
      if (known != null) {
        methods.put(key, known);
      }
    }
    return known;
  }
}
