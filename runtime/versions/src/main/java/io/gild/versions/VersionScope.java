package io.gild.versions;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/** The time during which a thread asks for a side; to be closed by the same thread. */
@Experimental
public final class VersionScope implements AutoCloseable {

  private final @Nullable VersionSide before;

  VersionScope(@Nullable VersionSide before) {
    this.before = before;
  }

  /** Restores what the thread asked for before. */
  @Override
  public void close() {
    VersionOverride.set(before);
  }
}
