package io.gild.a2a;

import io.gild.config.Experimental;
import io.gild.core.spi.ContextCarrier;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How many agents have passed a task on, one to the next. Agents that delegate in a circle are
 * stopped by a bound instead of calling each other forever. Thread-safe.
 */
@Experimental
public final class Delegations implements ContextCarrier {

  /** How many agents may pass a task on. */
  public static final int MOST = 16;

  private static final String HEADER = "gild-delegations";
  private static final ThreadLocal<Integer> DEPTH = new ThreadLocal<>();

  /** Creates the carrier; the module does. */
  public Delegations() {}

  /**
   * Requires that a task of this thread may be passed on.
   *
   * @param agent the agent that would get it
   * @throws A2aException if {@link #MOST} agents have passed it on
   */
  public static void require(String agent) {
    if (depth() >= MOST) {
      throw new A2aException(
          A2aErrorCode.UNSUPPORTED_OPERATION,
          "the task was passed on by "
              + MOST
              + " agents, and is not given to "
              + agent
              + ": do they delegate in a circle?");
    }
  }

  private static int depth() {
    Integer depth = DEPTH.get();
    return depth == null ? 0 : depth;
  }

  @Override
  public Captured capture() {
    int depth = depth();
    return () -> install(depth);
  }

  private static Runnable install(int depth) {
    Integer before = DEPTH.get();
    if (depth == 0) {
      DEPTH.remove();
    } else {
      DEPTH.set(depth);
    }
    return () -> {
      if (before == null) {
        DEPTH.remove();
      } else {
        DEPTH.set(before);
      }
    };
  }

  @Override
  public void inject(BiConsumer<String, String> headers) {
    headers.accept(HEADER, String.valueOf(depth() + 1));
  }

  @Override
  public @Nullable Captured extract(Function<String, @Nullable String> headers) {
    String text = headers.apply(HEADER);
    if (text == null) {
      return null;
    }
    try {
      int depth = Integer.parseInt(text.strip());
      return depth < 0 ? null : () -> install(depth);
    } catch (NumberFormatException notOurs) {
      return null;
    }
  }
}
