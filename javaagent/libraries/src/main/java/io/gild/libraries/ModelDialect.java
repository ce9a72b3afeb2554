package io.gild.libraries;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and rewrites the requests and responses of one model library, which is accessed only by
 * names.
 *
 * <p>Stateless, so one instance serves all copies of the library. Any method may throw an exception
 * of the library, or one for an unexpected object; the caller then leaves the request unchanged and
 * logs the failure once.
 */
abstract class ModelDialect {

  /**
   * Returns the provider of a model, as a value of {@code gen_ai.provider.name}.
   *
   * @param self the object whose method was called
   * @param arguments the arguments of the call
   * @return such as {@code openai}
   */
  abstract String provider(@Nullable Object self, @Nullable Object[] arguments) throws Throwable;

  /**
   * Returns the model of a request that is not routed.
   *
   * @return its name, or {@code null} if neither the request nor the object names one
   */
  abstract @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable;

  /** Returns the last text of the user, or null. */
  abstract @Nullable String prompt(@Nullable Object[] arguments) throws Throwable;

  /**
   * Returns the values that, together with the called object, determine the answer: equal requests
   * may share one answer.
   */
  Object request(@Nullable Object[] arguments) throws Throwable {
    Object request = arguments[0];
    return request == null ? "" : request;
  }

  /** Returns whether a request to one model can be sent to another. */
  boolean understands(String model, String asked) {
    return true;
  }

  /** Returns arguments with another model and no other difference. */
  abstract @Nullable Object[] withModel(
      @Nullable Object self, @Nullable Object[] arguments, String model) throws Throwable;

  /**
   * Returns arguments with more instructions for the model and no other difference.
   *
   * @param arguments the arguments of the call
   * @param text the instructions
   * @throws UnsupportedOperationException if requests of the library cannot be given any
   */
  @Nullable Object[] withInstructions(@Nullable Object[] arguments, String text) throws Throwable {
    throw new UnsupportedOperationException("instructions");
  }

  /**
   * Returns arguments whose request the provider can cache better, and that mean the same.
   *
   * @param self the object whose method was called
   * @param arguments the arguments of the call
   * @param wanted how it is prepared
   * @return such arguments; the same ones if nothing is to be changed
   * @throws UnsupportedOperationException if requests of the library cannot be prepared; the
   *     message says why
   */
  @Nullable Object[] withPromptCache(
      @Nullable Object self, @Nullable Object[] arguments, PromptCache wanted) throws Throwable {
    throw new UnsupportedOperationException("requests of this library cannot be marked");
  }

  /** Returns the object that has the parameters of a request; null if unknown. */
  @Nullable Object parametersOf(@Nullable Object[] arguments) {
    return null;
  }

  /**
   * Returns a request as its provider receives it.
   *
   * @return values of JSON; empty if unknown
   */
  Map<String, ?> body(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
    return Map.of();
  }

  /**
   * Returns a response as its provider sent it.
   *
   * @return values of JSON; empty if unknown
   */
  Map<?, ?> bodyOf(Object response) throws Throwable {
    return Map.of();
  }

  /** Returns whether the woven method could have returned a value. */
  abstract boolean isResponse(Object value);

  /** Returns the service tier that a response names; null if it names none. */
  @Nullable String serviceTier(Object response) throws Throwable {
    return null;
  }

  /** Reads a response. */
  abstract ReadAnswer read(Object response) throws Throwable;

  /** Returns whether a pushed stream contains only one complete answer. */
  boolean isWhole(@Nullable Object[] arguments) {
    return false;
  }

  /**
   * Starts to combine the chunks of one streamed answer.
   *
   * @param self the object whose method was called
   * @param arguments the arguments of the call
   */
  ModelChunks chunks(@Nullable Object self, @Nullable Object[] arguments) {
    throw new UnsupportedOperationException("streams");
  }

  /**
   * Returns the chunks of a stream with a text.
   *
   * @param librarySibling an object of the same copy of the library
   * @param text the text
   */
  List<?> chunksOf(Object librarySibling, String text) throws Throwable {
    return List.of(responseOf(librarySibling, text));
  }

  /**
   * Returns the dialect for recording and replay; null if requests of the library are not recorded.
   */
  @Nullable TapedDialect taped() {
    return this instanceof TapedDialect taped ? taped : null;
  }

  /** Returns the text of a response; empty if it has none. */
  abstract String text(Object response) throws Throwable;

  /**
   * Returns a response with a text.
   *
   * @param librarySibling an object of the same copy of the library
   * @param text the text
   */
  abstract Object responseOf(Object librarySibling, String text) throws Throwable;
}
