package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A run of a tool that a model asked for; it is only watched. */
final class ToolJoinPoint implements JoinPoint {

  private static final String CLASS = "dev.langchain4j.service.tool.DefaultToolExecutor";

  private static final ClassValue<NameOf> NAMES =
      new ClassValue<>() {
        @Override
        protected NameOf computeValue(Class<?> requestType) {
          return NameOf.of(requestType);
        }
      };

  private record NameOf(@Nullable MethodHandle getter) {

    static NameOf of(Class<?> requestType) {
      try {
        return new NameOf(ForeignHandles.getter(requestType, "name"));
      } catch (ReflectiveOperationException | LinkageError other) {
        GildLog.infoOnce("the tools of this LangChain4j are left alone: " + other);
        return new NameOf(null);
      }
    }
  }

  private final LibraryMethods methods;

  ToolJoinPoint(LibraryMethods methods) {
    this.methods = methods;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    AgentCall outer = AgentCall.current();
    boolean inner =
        outer != null && outer.method().spec().kind() == CallKind.TOOL && outer.self() == self;
    Object request = arguments[0];
    if (inner || request == null) {
      return null;
    }
    String name = name(request);
    GovernedMethod method =
        name == null ? null : methods.tool(CLASS, name, "(Ljava/lang/Object;)Ljava/lang/Object;");
    return method == null ? null : method.begin(self, arguments);
  }

  private static @Nullable String name(Object request) {
    MethodHandle getter = NAMES.get(request.getClass()).getter();
    try {
      return getter == null ? null : (String) getter.invoke(request);
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading a tool's name", fault);
      return null;
    }
  }
}
