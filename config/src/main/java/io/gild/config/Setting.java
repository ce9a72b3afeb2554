package io.gild.config;

import org.jspecify.annotations.Nullable;

/**
 * One value in effect, with the place it comes from.
 *
 * @param path path of the key, such as {@code defaults.retry.max-attempts}
 * @param value the value
 * @param origin where it comes from
 */
@Experimental
public record Setting(String path, @Nullable Object value, Origin origin) {

  /** Returns {@code path: value (origin)}. */
  @Override
  public String toString() {
    return path + ": " + Json.write(value) + "  (" + origin + ")";
  }
}
