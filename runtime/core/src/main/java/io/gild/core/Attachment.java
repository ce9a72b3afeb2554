package io.gild.core;

import io.gild.config.Usage;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The place where a javaagent takes over the calls of generated wrappers, so that an application
 * has one runtime: the agent weaves these methods while it is attached. Without an agent they run
 * as written here.
 *
 * <p>The agent has its own copy of Gild, so only the JDK's types and opaque objects pass.
 */
final class Attachment {

  private Attachment() {}

  /**
   * Returns the agent that is attached.
   *
   * @return an object that represents it, or {@code null} if there is none
   */
  static @Nullable Object agent() {
    return null;
  }

  /**
   * Returns the agent's governed method of a wrapped method.
   *
   * @param owner the class that the annotations are written on
   * @param description the method in the format of the registry
   * @return the agent's object, or {@code null} if the agent cannot govern the method
   */
  static @Nullable Object adopt(@Nullable Class<?> owner, String description) {
    return null;
  }

  /**
   * Makes a whole call.
   *
   * @param method what {@link #adopt} returned
   * @param self the object, or {@code null} for a static method
   * @param body the method's own code: takes the array of arguments, returns the result
   * @param arguments the arguments, boxed
   * @return the result
   */
  static @Nullable Object call(
      Object method,
      @Nullable Object self,
      UnaryOperator<@Nullable Object> body,
      @Nullable Object[] arguments) {
    return body.apply(arguments);
  }

  /**
   * Records tokens that the application reports itself.
   *
   * @param model name of the model
   * @param tokens as {@link Usage#toArray()} returns them
   */
  static void recordUsage(String model, long[] tokens) {}

  /**
   * Drops cached answers of the agent's runtime.
   *
   * @param tags those of the answers
   */
  static void drop(String[] tags) {}

  /**
   * Labels the calls that the current thread begins, in the agent's runtime.
   *
   * @param labels values by the keys of their dimensions
   * @return ends the labels; {@code null} without an agent
   */
  static @Nullable Runnable label(Map<String, String> labels) {
    return null;
  }

  /**
   * Returns the context of the agent's call, for another process.
   *
   * @return names and values in turn; {@code null} without an agent
   */
  static String @Nullable [] outgoing() {
    return null;
  }

  /**
   * Installs the context that another process wrote.
   *
   * @param headers returns the value of a header, or {@code null}
   * @return removes the context; {@code null} without an agent
   */
  static @Nullable Runnable incoming(UnaryOperator<@Nullable String> headers) {
    return null;
  }

  /**
   * Traces work in the agent's runtime.
   *
   * @param command what to do
   * @param given work or attributes, in types of the JDK
   * @return what the command makes; {@code null} without an agent
   */
  static @Nullable Object trace(String command, Object given) {
    return null;
  }
}
