package io.gild.weaver.spi;

/**
 * Makes a library that is woven from the start of the agent; found by {@link
 * java.util.ServiceLoader}.
 *
 * <p>Providers and the constructors of their libraries run before main: they must not use lambdas,
 * streams or loggers.
 */
public interface LibraryProvider {

  /**
   * Makes the library.
   *
   * @param context the agent that weaves it
   */
  Library create(LibraryContext context);
}
