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
    GovernedMethod method = name.isEmpty() ? null : methods.get(LibraryMethod.tool(CLASS, name));
    return method == null ? null : method.begin(self, arguments);
  }

  private static String name(Object request) {
    try {
      return Foreign.text(request, "name");
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading a tool's name", fault);
      return "";
    }
  }
}
