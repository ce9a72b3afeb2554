package io.gild.weaver.spi;

/**
 * Makes a library that is an HTTP client; found by {@link java.util.ServiceLoader}.
 *
 * <p>Nearly every application has one, so nothing of it is woven before the first governed call
 * begins. Only its {@link Library#classes} are woven: {@link Library#supertypes} must be empty.
 */
public interface HttpClientProvider {

  /**
   * Makes the library.
   *
   * @param context the agent that weaves it
   */
  Library create(LibraryContext context);
}
