package io.gild.weaver;

import io.gild.core.Body;
import io.gild.weaver.spi.JoinPoint;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The callable body of a woven method: the method runs through its own handle, and its woven code
 * lets that one run pass.
 */
public final class OwnMethod implements Body {

  private static final ThreadLocal<@Nullable JoinPoint> PASSING = new ThreadLocal<>();

  /** Handles that take all arguments in one array, by handles that take them separately. */
  private static final ClassValue<Map<MethodHandle, MethodHandle>> SPREAD =
      new ClassValue<>() {
        @Override
        protected Map<MethodHandle, MethodHandle> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private final JoinPoint joinPoint;
  private final @Nullable Object self;
  private final MethodHandle handle;

  /**
   * Creates a body.
   *
   * @param joinPoint lets one run pass when it is entered again
   * @param self the object, or {@code null} for a static method
   * @param handle runs the method
   */
  public OwnMethod(JoinPoint joinPoint, @Nullable Object self, MethodHandle handle) {
    this.joinPoint = joinPoint;
    this.self = self;
    this.handle =
        self == null
            ? spread(handle)
            : SPREAD.get(self.getClass()).computeIfAbsent(handle, OwnMethod::spread);
  }

  private static MethodHandle spread(MethodHandle handle) {
    int count = handle.type().parameterCount();
    // A variable-arity handle would wrap its last array again.
    return handle
        .asFixedArity()
        .asType(MethodType.genericMethodType(count))
        .asSpreader(Object[].class, count);
  }

  /** Marks, once, that the call that a join point has just received was made by itself. */
  public static boolean passes(JoinPoint joinPoint) {
    if (PASSING.get() != joinPoint) {
      return false;
    }
    PASSING.remove();
    return true;
  }

  @Override
  public @Nullable Object run(@Nullable Object[] arguments) throws Throwable {
    PASSING.set(joinPoint);
    try {
      return (Object) handle.invokeExact(all(arguments));
    } finally {
      PASSING.remove();
    }
  }

  private @Nullable Object[] all(@Nullable Object[] arguments) {
    if (self == null) {
      return arguments;
    }
    @Nullable Object[] all = new Object[arguments.length + 1];
    all[0] = self;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return all;
  }
}
