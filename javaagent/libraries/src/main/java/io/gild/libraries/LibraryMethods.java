package io.gild.libraries;

import io.gild.config.PolicyTree;
import io.gild.core.AgentCall;
import io.gild.core.Application;
import io.gild.core.Body;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.weaver.ApplicationStack;
import io.gild.weaver.AssemblySite;
import io.gild.weaver.LazyRuntime;
import io.gild.weaver.OwnMethod;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Tape;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The governed methods of a library, one for each agent that calls them. */
final class LibraryMethods {

  private record Key(String agent, LibraryMethod method) {}

  private static final List<MethodSpec.Parameter> MODEL_PARAMETERS =
      List.of(
          new MethodSpec.Parameter("request", "java.lang.Object", MethodSpec.Role.NONE),
          new MethodSpec.Parameter("prompt", "java.lang.String", MethodSpec.Role.PROMPT),
          new MethodSpec.Parameter("model", "java.lang.String", MethodSpec.Role.MODEL));

  private final LazyRuntime runtime;
  private final String library;

  /**
   * Creates the methods of a library.
   *
   * @param runtime governs the calls
   * @param library the agent of calls outside of any agent
   */
  LibraryMethods(LazyRuntime runtime, String library) {
    this.runtime = runtime;
    this.library = library;
  }

  /**
   * Returns a method as the current agent calls it. The arguments of a model's method are the
   * request, its last prompt, the requested model, and its description.
   *
   * @param method the method
   * @param self the object of the method; a call outside of any agent belongs to the application of
   *     its class
   */
  @Nullable GovernedMethod get(LibraryMethod method, @Nullable Object self) {
    GildRuntime known = runtime.get();
    if (known == null) {
      return null;
    }
    AgentCall outer = AgentCall.current();
    String agent = outer == null ? library : outer.method().spec().agent();
    return known.method(
        application(known, outer, self), new Key(agent, method), () -> spec(method, agent, outer));
  }

  /** Returns the agent's application; a call that is only watched belongs to a separate runtime. */
  private static Application application(
      GildRuntime known, @Nullable AgentCall outer, @Nullable Object self) {
    return outer != null && outer.method().runtime() == known
        ? outer.method().application()
        : known.application(self == null ? LibraryMethods.class : self.getClass());
  }

  /** Makes a request to a model from a woven call. */
  WovenRequest request(
      ModelDialect dialect,
      LibraryMethod kind,
      JoinPoint joinPoint,
      @Nullable Object self,
      @Nullable Object[] arguments,
      MethodHandle handle) {
    return request(dialect, kind, self, arguments, new OwnMethod(joinPoint, self, handle));
  }

  /** Makes a request to a model from a woven call whose method is run by a body. */
  WovenRequest request(
      ModelDialect dialect,
      LibraryMethod kind,
      @Nullable Object self,
      @Nullable Object[] arguments,
      Body method) {
    return new WovenRequest(
        dialect, method, self, arguments, new TapedModel(this, tape(), dialect, kind, self));
  }

  /** Returns where the current call makes a stream; null if that is not needed. */
  @Nullable AssemblySite assembly() {
    ApplicationStack stack = runtime.assembly();
    return stack == null ? null : stack.here();
  }

  /** Returns whether the places where streams are made are remembered. */
  boolean remembersAssembly() {
    return runtime.assembly() != null;
  }

  /** Returns the tape. */
  Tape tape() {
    return runtime.tape();
  }

  private static MethodSpec spec(LibraryMethod method, String agent, @Nullable AgentCall outer) {
    boolean model = method.kind() != CallKind.TOOL;
    return new MethodSpec(
        method.kind(),
        agent,
        outer == null ? "" : outer.method().presentVersion(),
        method.className(),
        method.name(),
        model
            ? "(Ljava/lang/Object;Ljava/lang/String;Ljava/lang/String;)Ljava/lang/Object;"
            : "(Ljava/lang/Object;)Ljava/lang/Object;",
        model ? MODEL_PARAMETERS : List.of(),
        Effect.NONE,
        PolicyTree.empty());
  }
}
