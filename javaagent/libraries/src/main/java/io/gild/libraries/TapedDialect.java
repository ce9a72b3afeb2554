package io.gild.libraries;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a {@link ModelDialect} that records and replays requests and answers. */
interface TapedDialect {

  /**
   * Returns a request as maps with texts for keys, lists, texts, numbers and booleans, so that it
   * can be written, and compared field by field.
   */
  Map<String, ?> plainRequest(@Nullable Object self, @Nullable Object[] arguments) throws Throwable;

  /** Returns a response in the same way. */
  Object plain(Object response) throws Throwable;

  /** Returns a chunk of a stream in the same way. */
  default Object plainChunk(Object chunk) throws Throwable {
    return plain(chunk);
  }

  /**
   * Restores a response.
   *
   * @param librarySibling an object of the same copy of the library
   * @param plain the result of {@link #plain}
   */
  Object fromPlain(Object librarySibling, Object plain) throws Throwable;

  /** Restores a chunk of a stream. */
  default Object chunkFromPlain(Object librarySibling, Object plain) throws Throwable {
    return fromPlain(librarySibling, plain);
  }
}
