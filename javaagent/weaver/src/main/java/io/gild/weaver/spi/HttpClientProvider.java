package io.gild.weaver.spi;

import java.util.Set;

/**
 * Makes a library that is an HTTP client or a logging library; found by {@link
 * java.util.ServiceLoader}.
 *
 * <p>Nearly every application has one, so providers are not loaded before the first governed call
 * begins, and only the classes that they name are woven.
 */
public interface HttpClientProvider extends LibraryProvider {

  @Override
  default Set<String> supertypes() {
    return Set.of();
  }
}
