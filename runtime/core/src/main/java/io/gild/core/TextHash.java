package io.gild.core;

import io.gild.config.Experimental;

/** FNV-1a of 64 bits over the characters of a text; not for secrets. */
@Experimental
public final class TextHash {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private TextHash() {}

  /**
   * Returns the hash of a text, which is the same in every JVM.
   *
   * @param text the text
   * @return 64 bits; two texts share them by chance only
   */
  public static long of(String text) {
    long hash = OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash;
  }
}
