package io.gild.libraries;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a {@link ModelDialect} by which requests and answers are recorded and replayed. */
interface TapedDialect {

  /**
   * Returns a request as maps with texts for keys, lists, texts, numbers and booleans, so that it
   * can be written, and compared field by field.
   */
  Map<String, ?> plainRequest(@Nullable Object self, @Nullable Object[] arguments) throws Throwable;

  /** Returns a response in the same way. */
  Object plain(Object response) throws Throwable;

  /** Returns a piece of a stream in the same way. */
  default Object plainPiece(Object piece) throws Throwable {
    return plain(piece);
  }

  /**
   * Makes a response again.
   *
   * @param librarySibling an object of the same copy of the library
   * @param plain what {@link #plain} returned
   */
  Object fromPlain(Object librarySibling, Object plain) throws Throwable;

  /** Makes a piece of a stream again. */
  default Object pieceFromPlain(Object librarySibling, Object plain) throws Throwable {
    return fromPlain(librarySibling, plain);
  }
}
