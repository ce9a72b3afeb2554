package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.TokenKind;

/** The parts of a cost in meters: each token is charged in one of them. */
@Experimental
public enum CostKind {
  /** Input that is nothing else. */
  INPUT("input"),
  /** Output that is nothing else. */
  OUTPUT("output"),
  /** Input that the provider read from its cache. */
  CACHE_READ("cache_read"),
  /** Input that it wrote to its cache. */
  CACHE_WRITE("cache_write"),
  /** Output that the model reasoned with. */
  REASONING("reasoning"),
  /** Input and output that is audio. */
  AUDIO("audio"),
  /** Money that was reported without its tokens. */
  OTHER("other");

  private final String tag;

  CostKind(String tag) {
    this.tag = tag;
  }

  /**
   * Returns the value of the tag {@code kind}.
   *
   * @return such as {@code cache_read}
   */
  public String tag() {
    return tag;
  }

  static CostKind of(TokenKind kind) {
    return switch (kind) {
      case INPUT -> INPUT;
      case OUTPUT -> OUTPUT;
      case CACHED_INPUT -> CACHE_READ;
      case CACHE_WRITE, CACHE_WRITE_HOUR -> CACHE_WRITE;
      case REASONING -> REASONING;
      case INPUT_AUDIO, OUTPUT_AUDIO -> AUDIO;
    };
  }
}
