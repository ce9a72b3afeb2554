package java.lang;

import java.util.function.UnaryOperator;

/**
 * The only class of Gild that woven code uses; it belongs to {@code java.base}, so that every class
 * loader sees it.
 */
public final class GildBridge {

  /** Governs woven calls; {@code null} while Gild is off, and woven code is then a plain call. */
  public static volatile GildEngine engine;

  /**
   * Watches a thread that works for an agent. Called with the agent's name, it begins a watch and
   * returns a token; called with the token on the same thread, it ends the watch and returns the
   * findings, a map of numbers and texts by name. {@code null} if Gild is not attached.
   */
  public static volatile UnaryOperator<Object> watch;

  private GildBridge() {}

  /**
   * Receives a task that a thread of a pool is about to run.
   *
   * @param task the task, or {@code null} if no task is left
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
   * Receives an object whose constructor is about to return.
   *
   * @param made the object
   * @param site number of the woven constructors
   */
  public static void made(Object made, int site) {
    GildEngine present = engine;
    if (present != null) {
      try {
        present.made(made, site);
      } catch (Throwable fault) {
        fault(fault);
      }
    }
  }

  /**
   * Reports a failure inside of Gild while it governed a call; the call itself continues.
   *
   * @param fault the exception
   */
  public static void fault(Throwable fault) {
    GildEngine present = engine;
    if (present != null) {
      try {
        present.fault(fault);
      } catch (Throwable ignored) {
        // The failure cannot be reported, and the application must not notice it.
      }
    }
  }
}
