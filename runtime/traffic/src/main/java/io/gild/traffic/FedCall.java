package io.gild.traffic;

import io.gild.config.Experimental;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that a process reported of itself.
 *
 * @param kind {@code agent}, or {@code chat}, {@code embeddings} or {@code tool} of a call within
 *     one; may be empty
 * @param agent name of the agent; may be empty
 * @param method name of the method; may be empty
 * @param version version of the agent; may be empty
 * @param seconds duration in seconds, or {@code NaN} if it was not measured
 * @param outcome {@code succeeded}, {@code failed}, {@code refused} or {@code cancelled}; another
 *     one counts as a success
 * @param usd cost in US dollars, or {@code NaN} if the price is unknown
 * @param tokens tokens, or {@code NaN} if none were reported
 */
@Experimental
public record FedCall(
    String kind,
    String agent,
    String method,
    String version,
    double seconds,
    String outcome,
    double usd,
    double tokens) {

  /** Reads an element of the answer; an absent field loses nothing but itself. */
  static FedCall of(Map<?, ?> fields) {
    return new FedCall(
        text(fields.get("kind")),
        text(fields.get("agent")),
        text(fields.get("method")),
        text(fields.get("version")),
        number(fields.get("seconds")),
        text(fields.get("outcome")),
        number(fields.get("usd")),
        number(fields.get("tokens")));
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }

  private static double number(@Nullable Object value) {
    double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
    return number >= 0 && number < Double.POSITIVE_INFINITY ? number : Double.NaN;
  }

  /**
   * Returns whether this is a call of an agent, rather than of a model or a tool.
   *
   * @return {@code true} also if the process did not report the kind
   */
  public boolean ofAgent() {
    return kind.isEmpty() || kind.equals("agent");
  }

  /**
   * Returns whether the call failed.
   *
   * @return {@code false} for one that a policy refused
   */
  public boolean failed() {
    return outcome.equals("failed");
  }

  /**
   * Returns whether its duration is that of an answer.
   *
   * @return {@code false} for a call that was refused, or that its caller cancelled
   */
  public boolean answered() {
    return !refused() && !outcome.equals("cancelled");
  }

  /**
   * Returns whether a policy refused the call.
   *
   * @return {@code true} if the agent did not run
   */
  public boolean refused() {
    return outcome.equals("refused");
  }
}
