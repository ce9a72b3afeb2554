package io.gild.reliability;

import io.gild.core.AgentCall;
import io.gild.core.CallDecision;
import io.gild.core.Counts;
import io.gild.core.GildLog;
import io.gild.core.Mark;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Provides another answer when all inner stages failed. */
final class FallbackStage extends Stage {

  private final FallbackPolicy policy;
  private final MethodSpec spec;
  private final Counts counts;
  private volatile @Nullable Method found;

  FallbackStage(FallbackPolicy policy, StageContext context) {
    this.policy = policy;
    this.spec = context.spec();
    this.counts = context.counts();
  }

  @Override
  public boolean exit(AgentCall call) {
    Throwable failure = call.failure();
    if (failure instanceof Exception && call.replaceable()) {
      answer(call, failure);
    }
    return false;
  }

  private void answer(AgentCall call, Throwable failure) {
    if (policy.method().isEmpty()) {
      call.settle(policy.answer());
      call.mark(Mark.FELL_BACK);
      counts.add(Counts.Event.FELL_BACK);
      CallDecision.publish(
          call, Counts.Event.FELL_BACK, Map.of("error", failure.getClass().getName()));
      return;
    }
    Object self = call.self();
    Method method = self == null ? null : method(self.getClass(), call.arguments().length);
    if (method == null) {
      return;
    }
    @Nullable Object[] arguments = call.arguments();
    if (method.getParameterCount() > arguments.length) {
      arguments = Arrays.copyOf(arguments, arguments.length + 1);
      arguments[arguments.length - 1] = failure;
    }
    try {
      call.settle(method.invoke(self, arguments));
      call.mark(Mark.FELL_BACK);
      counts.add(Counts.Event.FELL_BACK);
      CallDecision.publish(
          call, Counts.Event.FELL_BACK, Map.of("error", failure.getClass().getName()));
    } catch (InvocationTargetException failed) {
      Throwable own = failed.getCause();
      if (own != null && own != failure) {
        failure.addSuppressed(own);
      }
    } catch (IllegalAccessException | IllegalArgumentException fault) {
      GildLog.faultOnce("Fallback " + policy.method() + " of " + spec.id(), fault);
    }
  }

  private @Nullable Method method(Class<?> type, int arguments) {
    Method known = found;
    if (known == null || !known.getDeclaringClass().isAssignableFrom(type)) {
      known = search(type, arguments);
      found = known;
    }
    return known;
  }

  private @Nullable Method search(Class<?> type, int arguments) {
    int parameters = arguments;
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      for (Method method : owner.getDeclaredMethods()) {
        boolean fits =
            method.getParameterCount() == parameters
                || method.getParameterCount() == parameters + 1;
        if (method.getName().equals(policy.method()) && fits && method.trySetAccessible()) {
          return method;
        }
      }
    }
    GildLog.faultOnce(
        "Fallback of " + spec.id(),
        new NoSuchMethodException(type.getName() + "#" + policy.method()));
    return null;
  }
}
