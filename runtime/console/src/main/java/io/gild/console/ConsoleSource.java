package io.gild.console;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a console shows: a JVM, a recorded file, or several of these together. Answers are trees of
 * maps, lists, texts and numbers as the console's interface has them. Thread-safe.
 */
interface ConsoleSource extends AutoCloseable {

  /** The outermost calls that ended since the last reading. */
  interface Tail {

    /**
     * Reads the new calls.
     *
     * @param most how many of them at most; the others are counted
     */
    NewCalls read(int most) throws IOException;
  }

  /**
   * New calls.
   *
   * @param rows the calls, the oldest first
   * @param skipped how many more there were
   */
  record NewCalls(List<Map<String, @Nullable Object>> rows, long skipped) {}

  /** Returns a reader of the calls that end from now on. */
  Tail tail();

  /** Returns the whole state. */
  Map<String, @Nullable Object> state();

  /** Returns calls as {@code /v1/calls} does. */
  Map<String, @Nullable Object> calls(Query query) throws IOException;

  /** Returns the tree of a call, or {@code null} if this source does not have it. */
  @Nullable Map<String, @Nullable Object> tree(String jvm, String id, Query query)
      throws IOException;

  /** Returns the facts of a span, or {@code null} if this source does not have it. */
  @Nullable Map<String, @Nullable Object> span(String jvm, String id, String span)
      throws IOException;

  /**
   * Returns the prompt and the answer of a span, or the words that say why they are not known; or
   * {@code null} if this source does not have the span.
   */
  @Nullable Map<String, @Nullable Object> content(String jvm, String id, String span)
      throws IOException;

  /** Returns costs as {@code /v1/cost} does. */
  Map<String, @Nullable Object> cost(Query query) throws IOException;

  /** Returns the runs of golden tasks. */
  Map<String, @Nullable Object> golden() throws IOException;

  /** Returns the policies in effect. */
  Map<String, @Nullable Object> policies() throws IOException;

  /**
   * Operates a control.
   *
   * @param who who asks for it
   * @return what happened, in one sentence
   * @throws Query.BadRequest if there is no such control or action
   * @throws IOException if the action cannot be written to the audit log; it is not done then
   */
  String operate(String control, String action, String who) throws IOException;

  /** Returns whether actions are allowed. */
  boolean allowsActions();

  /** Returns how often the state is read while a client watches, in milliseconds. */
  int updateMillis();

  /** Begins or ends work that only watched sources do. */
  default void watched(boolean isWatched) {}

  @Override
  default void close() {}
}
