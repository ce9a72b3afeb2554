package io.gild.coordination;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.util.regex.Pattern;

/**
 * A durable subscription: it begins when a consumer uses its name for the first time, keeps the
 * messages that match its pattern from then on, also while it has no consumer, and ends by {@link
 * Broker#unsubscribe}. Consumers that use the same name share its messages.
 *
 * @param name letters, digits, {@code _} and {@code -}; at most 100 characters
 * @param pattern the topics
 * @param concurrency the most handlers of this consumer that run at the same time; 1 or more
 * @param effects what happens if a message comes twice
 * @param redelivery when a message is delivered again
 */
@Experimental
public record Subscription(
    String name, String pattern, int concurrency, Effects effects, Redelivery redelivery) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  /** What happens to a message whose handler has run before. */
  public enum Effects {
    /** The handler runs for each delivery: a crash between its end and the record of it repeats. */
    AT_LEAST_ONCE,
    /**
     * The handler never runs again for an idempotency key that it has finished. A handler whose JVM
     * died before its end is recorded runs again.
     */
    ONCE,
    /**
     * As {@link #ONCE}, and the handler never runs again if it may have run: the message of a
     * handler whose JVM died is in the dead letters, and a person decides.
     */
    NEVER_TWICE
  }

  /** Checks the values. */
  public Subscription {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of a subscription must be 1 to 100 letters, digits, _ and -, but is \""
              + name
              + "\"");
    }
    Topics.requirePattern(pattern);
    Require.atLeast(1, concurrency, "concurrency");
  }

  /**
   * Creates a subscription with one handler at a time and the default redelivery.
   *
   * @param name its name
   * @param pattern the topics
   * @return the subscription
   */
  public static Subscription of(String name, String pattern) {
    return new Subscription(name, pattern, 1, Effects.AT_LEAST_ONCE, Redelivery.DEFAULT);
  }

  /**
   * Returns the same with more handlers.
   *
   * @param handlers 1 or more
   * @return the copy
   */
  public Subscription withConcurrency(int handlers) {
    return new Subscription(name, pattern, handlers, effects, redelivery);
  }

  /**
   * Returns the same with other effects.
   *
   * @param other what happens if a message comes twice
   * @return the copy
   */
  public Subscription withEffects(Effects other) {
    return new Subscription(name, pattern, concurrency, other, redelivery);
  }

  /**
   * Returns the same with another redelivery.
   *
   * @param other when a message is delivered again
   * @return the copy
   */
  public Subscription withRedelivery(Redelivery other) {
    return new Subscription(name, pattern, concurrency, effects, other);
  }
}
