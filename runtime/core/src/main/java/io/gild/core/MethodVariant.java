package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Mode;
import io.gild.config.Settings;
import org.jspecify.annotations.Nullable;

/**
 * What the methods of a new version have in common: its name, and its own settings if it has them.
 *
 * <p>A governed method and its variant share neither policies nor their state. Two variants are
 * never equal. Thread-safe.
 */
@Experimental
public final class MethodVariant {

  private final String version;
  private final boolean shadow;
  private final @Nullable LiveSettings live;

  MethodVariant(String version, boolean shadow, @Nullable Settings settings, Mode unlessGiven) {
    this.version = version;
    this.shadow = shadow;
    this.live = settings == null ? null : new LiveSettings(settings, unlessGiven, null);
  }

  /**
   * Returns the name of the version.
   *
   * @return the version, such as {@code 2.0}
   */
  public String version() {
    return version;
  }

  /**
   * Returns whether no caller gets the answers of the variant: its calls change nothing, and only
   * serve as a comparison.
   *
   * @return {@code true} if side effects must not run
   */
  public boolean isShadow() {
    return shadow;
  }

  /** Returns the settings of the variant; null if it has those of its runtime. */
  @Nullable LiveSettings live() {
    return live;
  }
}
