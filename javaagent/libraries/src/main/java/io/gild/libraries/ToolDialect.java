package io.gild.libraries;

import org.jspecify.annotations.Nullable;

/** Reads how one library calls a tool. */
interface ToolDialect {

  /**
   * Returns the tool's name.
   *
   * @return the name; empty if unknown
   */
  String name(@Nullable Object self, @Nullable Object[] arguments) throws Throwable;

  /**
   * Returns only the input that the model gave to the tool: two calls with equal input have the
   * same effect.
   *
   * @return a JSON object as text, or any value with value equality
   */
  @Nullable Object input(@Nullable Object self, @Nullable Object[] arguments) throws Throwable;
}
