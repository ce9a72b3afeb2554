package io.gild.versions;

import io.gild.config.Experimental;

/** Which of two versions answers a call. */
@Experimental
public enum VersionSide {
  /** The present version. */
  STABLE("stable"),
  /** The new version. */
  CANARY("canary");

  private final String text;

  VersionSide(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
