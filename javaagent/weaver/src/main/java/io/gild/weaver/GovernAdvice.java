package io.gild.weaver;

import java.lang.invoke.MethodHandle;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.NullUnmarked;

/**
 * The code that is copied into a woven method, before and after its body.
 *
 * <p>It refers to {@code java.lang} alone. Writing to a parameter here is writing to a variable of
 * the woven method.
 */
@NullUnmarked
final class GovernAdvice {

  private GovernAdvice() {}

  /** Returns whether to skip the body. */
  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class, suppress = Throwable.class)
  static boolean enter(
      @SiteNumber int site,
      @Advice.This(optional = true, typing = Assigner.Typing.DYNAMIC) Object self,
      @Advice.AllArguments(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object[] arguments,
      @OwnHandle MethodHandle handle,
      @Advice.Local("engine") GildEngine engine,
      @Advice.Local("call") Object call) {
    engine = GildBridge.engine;
    if (engine == null) {
      return false;
    }
    call = engine.enter(site, self, arguments, handle);
    if (call == null) {
      return false;
    }
    if (!engine.proceed(call)) {
      return true;
    }
    Object[] rewritten = engine.rewritten(call);
    if (rewritten != null) {
      arguments = rewritten;
    }
    return false;
  }

  /**
   * Returns whether to run the body once more, with the arguments as {@link #enter} saw them.
   *
   * <p>A call that breaks here is forgotten: a body that ran has the last word, and one that was
   * skipped runs after all.
   */
  @Advice.OnMethodExit(
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  static boolean exit(
      @Advice.Enter boolean skipped,
      @Advice.AllArguments(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object[] arguments,
      @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object returned,
      @Advice.Thrown(readOnly = false, typing = Assigner.Typing.DYNAMIC) Throwable thrown,
      @Advice.Local("engine") GildEngine engine,
      @Advice.Local("call") Object call) {
    if (call == null) {
      return false;
    }
    try {
      if (!skipped && engine.repeats(call, returned, thrown)) {
        Object[] rewritten = engine.rewritten(call);
        if (rewritten != null) {
          arguments = rewritten;
        }
        thrown = null;
        return true;
      }
      Throwable failure = engine.failure(call);
      if (failure == null) {
        returned = engine.result(call);
      }
      thrown = failure;
      return false;
    } catch (Throwable fault) {
      GildBridge.fault(fault);
      call = null;
      return skipped;
    }
  }
}
