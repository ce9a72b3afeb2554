package io.gild.libraries;

import com.google.auto.service.AutoService;
import io.gild.core.AgentCall;
import io.gild.weaver.ClassShape;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.lang.invoke.MethodHandle;
import java.lang.ref.WeakReference;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects the last event of streams whose library drops it: openai-java decodes {@code [DONE]} and
 * does not pass it on.
 *
 * <p>The thread that decodes a stream is also notified of its end, so the decoder stores its
 * finding in the thread.
 */
final class StreamEnds implements Library {

  private static final String OPENAI = "com/openai/core/handlers/SseState";
  private static final String ANTHROPIC = "com/anthropic/core/handlers/SseState";
  private static final String DONE = "[DONE]";

  /** Of Anthropic; within a text, its quotes are escaped. */
  private static final String STOP = "\"message_stop\"";

  private static final String DATA = "data:";

  /**
   * The last event that the thread decoded.
   *
   * @param call the call of the stream; null outside of any call
   * @param end whether the event was the end
   */
  private record Decoded(@Nullable WeakReference<AgentCall> call, boolean end) {}

  private static final ThreadLocal<@Nullable Decoded> LAST = new ThreadLocal<>();

  /** Clears the thread's last event. */
  static void forget() {
    LAST.remove();
  }

  /**
   * Returns, only at the first call, whether the last event that the thread decoded for a call was
   * the end of its stream; null if there was no event.
   */
  static @Nullable Boolean last(@Nullable AgentCall call) {
    Decoded last = LAST.get();
    LAST.remove();
    if (last == null || (last.call == null ? null : last.call.get()) != call) {
      return null;
    }
    return last.end;
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    return (shape.is(OPENAI) || shape.is(ANTHROPIC))
            && method.name().equals("decode")
            && method.descriptor().startsWith("(Ljava/lang/String;)")
        ? new Decoding()
        : null;
  }

  /** Reads each line without changing it. */
  private static final class Decoding implements JoinPoint {

    @Override
    public @Nullable Object enter(
        @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
      if (arguments[0] instanceof String line && line.startsWith(DATA)) {
        AgentCall call = AgentCall.current();
        boolean end =
            line.startsWith(DONE, DATA.length() + (line.startsWith(" ", 5) ? 1 : 0))
                || line.contains(STOP);
        LAST.set(new Decoded(call == null ? null : new WeakReference<>(call), end));
      }
      return null;
    }

    @Override
    public boolean wantsHandle() {
      return false;
    }
  }

  /** Makes the library. */
  @AutoService(LibraryProvider.class)
  public static final class Provider implements LibraryProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of(OPENAI, ANTHROPIC);
    }

    @Override
    public Library create(LibraryContext context) {
      return new StreamEnds();
    }
  }
}
