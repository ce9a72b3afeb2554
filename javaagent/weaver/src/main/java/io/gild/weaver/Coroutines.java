package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.CallContext;
import io.gild.core.CallReference;
import io.gild.core.GildLog;
import io.gild.core.PerClass;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Kotlin coroutines of one application, accessed only by names: the types of its standard
 * library and of kotlinx.coroutines. Thread-safe.
 */
final class Coroutines {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

  private static final PerClass<Optional<Coroutines>> KNOWN = new PerClass<>(Coroutines::read);

  private static final ClassValue<Boolean> VALUE_CLASS =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return Arrays.stream(type.getDeclaredMethods())
              .anyMatch(method -> method.getName().equals("unbox-impl"));
        }
      };

  /**
   * The call of a thread, which coroutines carry from thread to thread; a coroutine may live for as
   * long as the application.
   */
  private static final ThreadLocal<@Nullable CallReference> CURRENT =
      new ThreadLocal<>() {
        @Override
        public @Nullable CallReference get() {
          AgentCall call = AgentCall.current();
          return call == null ? null : call.reference();
        }

        @Override
        public void set(@Nullable CallReference call) {
          CallContext.leave(CallReference.live(call));
        }
      };

  private final Class<?> continuation;
  private final Class<?> stackFrame;
  private final Class<?> failureType;
  private final Object suspended;
  private final MethodHandle exception;
  private final MethodHandle createFailure;
  private final MethodHandle getContext;
  private final MethodHandle plus;
  private final MethodHandle asContextElement;
  private final MethodHandle intercepted;
  private final MethodHandle resumeWith;

  private static Optional<Coroutines> read(Class<?> continuation) {
    try {
      return Optional.of(new Coroutines(continuation));
    } catch (Throwable unknown) {
      GildLog.faultOnce("Reading Kotlin's coroutines", unknown);
      return Optional.empty();
    }
  }

  private Coroutines(Class<?> continuation) throws Throwable {
    this.continuation = continuation;
    this.stackFrame = type("kotlin.coroutines.jvm.internal.CoroutineStackFrame");
    this.failureType = type("kotlin.Result$Failure");
    Class<?> context = type("kotlin.coroutines.CoroutineContext");
    Class<?> intrinsics = type("kotlin.coroutines.intrinsics.IntrinsicsKt");
    this.suspended = statically(intrinsics, "getCOROUTINE_SUSPENDED", Object.class).invoke();
    this.exception = LOOKUP.findGetter(failureType, "exception", Throwable.class);
    this.createFailure =
        statically(type("kotlin.ResultKt"), "createFailure", Object.class, Throwable.class);
    this.getContext = virtually(continuation, "getContext", context);
    this.plus = virtually(context, "plus", context, context);
    this.asContextElement =
        statically(
            type("kotlinx.coroutines.ThreadContextElementKt"),
            "asContextElement",
            type("kotlinx.coroutines.ThreadContextElement"),
            ThreadLocal.class,
            Object.class);
    this.intercepted = statically(intrinsics, "intercepted", continuation, continuation);
    this.resumeWith = virtually(continuation, "resumeWith", void.class, Object.class);
  }

  /**
   * Finds the coroutines that an object belongs to.
   *
   * @param continuation a continuation
   * @return the coroutines; {@code null} if they are not as expected, which is logged once
   */
  static @Nullable Coroutines of(Object continuation) {
    Class<?> type = Foreign.supertype(continuation.getClass(), "kotlin.coroutines.Continuation");
    return type == null ? null : KNOWN.get(type).orElse(null);
  }

  private Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name, true, continuation.getClassLoader());
  }

  private static MethodHandle statically(
      Class<?> owner, String name, Class<?> returned, Class<?>... parameters)
      throws ReflectiveOperationException {
    return LOOKUP.findStatic(owner, name, MethodType.methodType(returned, parameters));
  }

  private static MethodHandle virtually(
      Class<?> owner, String name, Class<?> returned, Class<?>... parameters)
      throws ReflectiveOperationException {
    return LOOKUP.findVirtual(owner, name, MethodType.methodType(returned, parameters));
  }

  /**
   * Returns whether an answer is a boxed object of a value class. A continuation always receives
   * them boxed, while a function may have to return them unboxed.
   */
  static boolean isBoxed(@Nullable Object answer) {
    return answer != null
        && answer.getClass().getClassLoader() != null
        && VALUE_CLASS.get(answer.getClass());
  }

  /** Returns the value that a function returns if its continuation will receive the result. */
  Object suspended() {
    return suspended;
  }

  /** Makes a continuation, which is a frame of a coroutine's stack as well. */
  Object continuation(InvocationHandler handler) {
    return Proxy.newProxyInstance(
        continuation.getClassLoader(), new Class<?>[] {continuation, stackFrame}, handler);
  }

  /** Returns a continuation if it is a frame of a coroutine's stack. */
  @Nullable Object frame(Object caller) {
    return stackFrame.isInstance(caller) ? caller : null;
  }

  /** Returns the failure of a result; null if the result is not a failure. */
  @Nullable Throwable failure(@Nullable Object result) throws Throwable {
    return failureType.isInstance(result) ? (Throwable) exception.invoke(result) : null;
  }

  /** Returns the context of a continuation. */
  Object context(Object caller) throws Throwable {
    return getContext.invoke(caller);
  }

  /** Returns a context in which all code belongs to a call, on all threads. */
  Object contextWith(Object context, @Nullable AgentCall call) throws Throwable {
    return plus.invoke(
        context,
        asContextElement.invoke(CURRENT, (Object) (call == null ? null : call.reference())));
  }

  /** Resumes a coroutine on its dispatcher. */
  void resume(Object caller, @Nullable Object result, @Nullable Throwable failure)
      throws Throwable {
    Object outcome = failure == null ? result : (Object) createFailure.invoke(failure);
    resumeWith.invoke(intercepted.invoke(caller), outcome);
  }
}
