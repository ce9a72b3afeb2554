package io.gild.weaver;

import io.gild.config.Policies;
import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.weaver.spi.JoinPoint;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A suspend function of Kotlin: it returns a mark when it suspends and passes its result to the
 * continuation in its last parameter, where the outcome is recorded.
 *
 * <p>A resumed function is entered again by its own state machine, which is not a call.
 */
final class SuspendJoinPoint implements JoinPoint {

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private static final String STATE_MACHINE = "kotlin.coroutines.jvm.internal.ContinuationImpl";

  private final GovernedSite site;
  private final MethodSpec spec;
  private @Nullable Policies logged;

  SuspendJoinPoint(GovernedSite site) {
    this.site = site;
    this.spec = site.spec();
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle)
      throws Throwable {
    Object caller = arguments[arguments.length - 1];
    if (OwnMethod.passes(this) || caller == null || handle == null || resumes(caller.getClass())) {
      return null;
    }
    if (self != null && GovernedClasses.covers(self, spec.methodName())) {
      return null;
    }
    GovernedMethod method = site.method();
    Coroutines kotlin = method == null || method.idle() ? null : Coroutines.of(caller);
    if (method == null || kotlin == null) {
      return null;
    }
    if (method.policies() != logged) {
      logged = method.policies();
      logOnce(logged);
    }
    return new SuspendedCall(kotlin, caller, new OwnMethod(this, self, handle))
        .start(method, self, Arrays.copyOf(arguments, arguments.length - 1));
  }

  private void logOnce(Policies policies) {
    List<String> idle = new ArrayList<>();
    if (policies.has("retry")) {
      idle.add("retry");
    }
    if (policies.has("time-limit")) {
      idle.add("time-limit");
    }
    if (policies.has("route")) {
      idle.add("the next models of route");
    }
    if (!idle.isEmpty()) {
      GildLog.infoOnce(
          spec.className()
              + "#"
              + spec.methodName()
              + " is a suspend function, which Gild neither runs again nor ends; without effect: "
              + String.join(", ", idle));
    }
  }

  /** Returns whether the function is entered by its own state machine, which is not a caller. */
  private boolean resumes(Class<?> caller) {
    return caller.getSuperclass().getName().equals(STATE_MACHINE)
        && WALKER.walk(frames ->
            frames
                .dropWhile(frame -> !isOwn(frame))
                .skip(1)
                .dropWhile(frame -> frame.getMethodName().startsWith("access$"))
                .findFirst()
                .filter(frame -> frame.getDeclaringClass() == caller)
                .isPresent());
  }

  private boolean isOwn(StackWalker.StackFrame frame) {
    return frame.getMethodName().equals(spec.methodName())
        && frame.getClassName().equals(spec.className());
  }
}
