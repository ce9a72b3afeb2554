package io.gild.weaver;

import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.ResultShape;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A method of an agent: annotated, or named in the configuration. */
final class AgentJoinPoint implements JoinPoint {

  private final GovernedSite site;
  private final MethodSpec spec;
  private final boolean keepsThread;
  private boolean reentered;

  /**
   * Creates the join point.
   *
   * @param site describes the method
   * @param locks whether the method is {@code synchronized}: its caller owns the monitor, so that
   *     no other thread can run it meanwhile
   */
  AgentJoinPoint(GovernedSite site, boolean locks) {
    this.site = site;
    this.spec = site.spec();
    this.keepsThread = locks && ResultShape.of(spec.descriptor()) != ResultShape.FUTURE;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    if (reentered && OwnMethod.passes(this)) {
      return null;
    }
    if (self != null && GovernedClasses.covers(self, spec.methodName()) || Wrappers.covers(spec)) {
      return null;
    }
    GovernedMethod governed = site.method();
    if (governed == null || governed.idle()) {
      return null;
    }
    if (governed.detached() && handle != null) {
      if (!keepsThread) {
        return callDetached(governed, self, arguments, handle);
      }
      GildLog.infoOnce(
          spec.className()
              + "#"
              + spec.methodName()
              + " is synchronized: its attempts stay on the caller's thread, and no time limit"
              + " bounds them.");
    }
    return governed.begin(self, arguments);
  }

  private WovenCall callDetached(
      GovernedMethod governed,
      @Nullable Object self,
      @Nullable Object[] arguments,
      MethodHandle handle) {
    reentered = true;
    try {
      return WovenCall.Settled.returning(
          governed.call(self, new OwnMethod(this, self, handle), arguments));
    } catch (Throwable failure) {
      return WovenCall.Settled.throwing(failure);
    }
  }
}
