package java.lang;

import java.util.function.UnaryOperator;

/**
 * The only thing that woven code knows of Gild; it belongs to {@code java.base}, so that every
 * class loader sees it.
 */
public final class GildBridge {

  /** Governs woven calls; {@code null} while Gild is off, and woven code is then a plain call. */
  public static volatile GildEngine engine;

  /**
   * Watches what a thread does for an agent: given the agent's name it begins, and returns what,
   * given to it on the same thread, ends the watch and returns what was seen, a map of numbers and
   * texts by name. {@code null} where Gild is not attached.
   */
  public static volatile UnaryOperator<Object> watch;

  private GildBridge() {}

  /**
   * Takes a task that a thread of a pool is about to run.
   *
   * @param task the task, or {@code null} if there is none left
   */
  public static void taken(Object task) {
    GildEngine present = engine;
    if (present != null && task != null) {
      try {
        present.taken(task);
      } catch (Throwable fault) {
        fault(fault);
      }
    }
  }

  /**
   * Takes what went wrong inside of Gild while it governed a call; the call itself goes on.
   *
   * @param fault what was thrown
   */
  public static void fault(Throwable fault) {
    GildEngine present = engine;
    if (present != null) {
      try {
        present.fault(fault);
      } catch (Throwable ignored) {
        // There is no one left to report to, and the application must not notice.
      }
    }
  }
}
