package io.gild.weaver;

import io.gild.core.AgentCall;
import org.jspecify.annotations.Nullable;

/**
 * A place in the application, read from one stack: that of a call, or that of the method that made
 * a stream which is subscribed to elsewhere. Contains only names, so that a stream keeps no object
 * of the application in memory.
 *
 * @param site the place, without a configured agent
 * @param speaks whether its entry takes a text and returns a value, or belongs to an AI service
 */
public record AssemblySite(CallSite site, boolean speaks) {

  /** The argument of a call that stores where the application made the stream of the answer. */
  public interface Assembled {

    /** Returns the place; null if not remembered. */
    @Nullable AssemblySite assembled();
  }

  /** Returns where the stream of a call was made; null if unknown. */
  static @Nullable AssemblySite of(AgentCall call) {
    for (Object argument : call.arguments()) {
      if (argument instanceof Assembled request) {
        return request.assembled();
      }
    }
    return null;
  }

  /** Returns the first of two that speaks; the first one if neither does. */
  public static @Nullable AssemblySite better(
      @Nullable AssemblySite first, @Nullable AssemblySite second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return !first.speaks() && second.speaks() ? second : first;
  }
}
