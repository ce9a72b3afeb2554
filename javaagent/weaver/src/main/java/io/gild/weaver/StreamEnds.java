package io.gild.weaver;

import java.lang.invoke.MethodHandle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hears the last event of streams whose library keeps it to itself: openai-java decodes
 * {@code [DONE]} and drops it.
 *
 * <p>A stream is decoded by the thread that is then told of its end, so the thread is where the
 * decoder leaves what it saw.
 */
final class StreamEnds implements Library {

  private static final String DECODER = "com/openai/core/handlers/SseState";
  private static final String DONE = "[DONE]";
  private static final String DATA = "data:";

  /** What the thread's last decoded line was: the end or anything else; null if none was. */
  private static final ThreadLocal<@Nullable Boolean> LAST = new ThreadLocal<>();

  /** Forgets what the thread decoded. */
  static void forget() {
    LAST.remove();
  }

  /**
   * Returns, once, whether the last event that the thread decoded was the end of its stream; null if
   * it decoded none.
   */
  static @Nullable Boolean last() {
    Boolean last = LAST.get();
    LAST.remove();
    return last;
  }

  /** Reports, once, whether the last event that the thread decoded was the end of its stream. */
  static boolean isEnded() {
    return Boolean.TRUE.equals(last());
  }

  /** Reports, once, whether the thread decoded events, but no end. */
  static boolean isBrokenOff() {
    return Boolean.FALSE.equals(last());
  }

  @Override
  public Set<String> classes() {
    return Set.of(DECODER);
  }

  @Override
  public Set<String> supertypes() {
    return Set.of();
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    return shape.is(DECODER)
            && method.name().equals("decode")
            && method.descriptor().startsWith("(Ljava/lang/String;)")
        ? new Decoding()
        : null;
  }

  /** Sees each line and leaves it alone. */
  private static final class Decoding implements JoinPoint {

    @Override
    public @Nullable Object enter(
        @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
      if (arguments[0] instanceof String line && line.startsWith(DATA)) {
        LAST.set(line.startsWith(DONE, line.startsWith(" ", DATA.length()) ? 6 : 5));
      }
      return null;
    }

    @Override
    public boolean wantsHandle() {
      return false;
    }
  }
}
