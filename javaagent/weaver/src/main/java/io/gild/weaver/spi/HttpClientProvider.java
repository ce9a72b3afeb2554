package io.gild.weaver.spi;

import java.util.Set;

/**
 * Makes a library that is an HTTP client; found by {@link java.util.ServiceLoader}.
 *
 * <p>Nearly every application has one, so none is looked for, or woven, before the first governed
 * call begins; only the classes that it names are.
 */
public interface HttpClientProvider extends LibraryProvider {

  @Override
  default Set<String> supertypes() {
    return Set.of();
  }
}
