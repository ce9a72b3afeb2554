package io.gild.libraries;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and rewrites the requests and responses of one model library, of which nothing but names is
 * known here.
 *
 * <p>Stateless, and so one for all copies of the library. Any method may throw what the library
 * throws, or that something is not as expected; the caller then leaves the request as it is and
 * says so once.
 */
abstract class ModelDialect {

  /**
   * Returns who serves a model, as {@code gen_ai.provider.name} has it.
   *
   * @param self the object whose method was called
   * @param arguments what it was called with
   * @return such as {@code openai}
   */
  abstract String provider(@Nullable Object self, @Nullable Object[] arguments) throws Throwable;

  /**
   * Returns which model a request asks if it is not routed.
   *
   * @return its name, or {@code null} if neither the request nor the object says
   */
  abstract @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable;

  /** Returns the last text that the user said, or null. */
  abstract @Nullable String prompt(@Nullable Object[] arguments) throws Throwable;

  /**
   * Returns what decides the answer, together with the object that is asked: equal requests may
   * share one answer.
   */
  Object request(@Nullable Object[] arguments) throws Throwable {
    Object request = arguments[0];
    return request == null ? "" : request;
  }

  /** Returns whether a request to one model can be sent to another. */
  boolean understands(String model, String asked) {
    return true;
  }

  /** Returns arguments that ask another model and are equal in all else. */
  abstract @Nullable Object[] withModel(
      @Nullable Object self, @Nullable Object[] arguments, String model) throws Throwable;

  /** Returns whether a value is one that the woven method could have returned. */
  abstract boolean isResponse(Object value);

  /** Reads a response. */
  abstract ReadAnswer read(Object response) throws Throwable;

  /** Returns whether a pushed stream holds but one answer, which is whole. */
  boolean isWhole(@Nullable Object[] arguments) {
    return false;
  }

  /**
   * Starts to put the pieces of one streamed answer together.
   *
   * @param self the object whose method was called
   * @param arguments what it was called with
   */
  ModelPieces pieces(@Nullable Object self, @Nullable Object[] arguments) {
    throw new UnsupportedOperationException("streams");
  }

  /**
   * Returns the pieces of a stream that says a text.
   *
   * @param librarySibling an object of the same copy of the library
   * @param text what to say
   */
  List<?> piecesOf(Object librarySibling, String text) throws Throwable {
    return List.of(responseOf(librarySibling, text));
  }

  /** Returns what records and replays; null if requests of the library are not recorded. */
  @Nullable TapedDialect taped() {
    return this instanceof TapedDialect taped ? taped : null;
  }

  /** Returns the text of a response; empty if it has none. */
  abstract String text(Object response) throws Throwable;

  /**
   * Returns a response that says a text.
   *
   * @param librarySibling an object of the same copy of the library
   * @param text what to say
   */
  abstract Object responseOf(Object librarySibling, String text) throws Throwable;
}
