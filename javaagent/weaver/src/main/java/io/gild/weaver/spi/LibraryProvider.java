package io.gild.weaver.spi;

import java.util.Set;

/**
 * Names the classes of a library that are woven, and makes the library when the first of them is
 * loaded. Found by {@link java.util.ServiceLoader}.
 *
 * <p>The constructor, {@link #classes} and {@link #supertypes} run before main: they must use
 * neither lambdas nor streams nor loggers.
 */
public interface LibraryProvider {

  /** Returns the internal names of types with woven methods. */
  Set<String> classes();

  /** Returns the internal names of types whose direct subtypes have woven methods. */
  default Set<String> supertypes() {
    return Set.of();
  }

  /**
   * Makes the library.
   *
   * @param context the agent that weaves it
   */
  Library create(LibraryContext context);
}
