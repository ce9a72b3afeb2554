package io.gild.weaver;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.NullUnmarked;

/**
 * The code that is copied to the beginning of a method which takes tasks: what it costs outside of
 * a governed call is to find out that there is none.
 */
@NullUnmarked
final class CarryAdvice {

  private CarryAdvice() {}

  /** Exchanges tasks for such that know their call. */
  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(
      @SiteNumber int site,
      @Advice.This(optional = true, typing = Assigner.Typing.DYNAMIC) Object self,
      @Advice.AllArguments(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object[] arguments) {
    GildEngine engine = GildBridge.engine;
    if (engine != null && engine.inCall()) {
      Object[] carried = engine.carry(site, self, arguments);
      if (carried != null) {
        arguments = carried;
      }
    }
  }
}
