package io.gild.libraries;

import org.jspecify.annotations.Nullable;

/** Reads how one library calls a tool. */
interface ToolDialect {

  /**
   * Returns the tool's name.
   *
   * @return the name; empty if it cannot be told
   */
  String name(@Nullable Object self, @Nullable Object[] arguments) throws Throwable;

  /**
   * Returns what the model gave to the tool, and nothing else: two calls with equal input are the
   * same effect.
   *
   * @return a JSON object as text, or any value that equals its like
   */
  @Nullable Object input(@Nullable Object self, @Nullable Object[] arguments) throws Throwable;
}
