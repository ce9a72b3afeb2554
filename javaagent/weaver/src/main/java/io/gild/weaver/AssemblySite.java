package io.gild.weaver;

import io.gild.core.AgentCall;
import org.jspecify.annotations.Nullable;

/**
 * A place in the application, as one stack shows it: that of a call, or that of the method that
 * made a stream which is subscribed to elsewhere. Holds names alone, so that a stream keeps nothing
 * of the application in memory.
 *
 * @param site the place, without a configured agent
 * @param speaks whether its entry takes a text and returns something, or is an AI service's
 */
public record AssemblySite(CallSite site, boolean speaks) {

  /** The argument of a call that knows where the application made the stream of the answer. */
  public interface Assembled {

    /** Returns the place; null if it is not remembered. */
    @Nullable AssemblySite assembled();
  }

  /** Returns where the stream was made whose subscription is a call; null if that is not known. */
  static @Nullable AssemblySite of(AgentCall call) {
    for (Object argument : call.arguments()) {
      if (argument instanceof Assembled request) {
        return request.assembled();
      }
    }
    return null;
  }

  /** Returns the first of two that speaks; the first at all if none does. */
  public static @Nullable AssemblySite better(
      @Nullable AssemblySite first, @Nullable AssemblySite second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return !first.speaks() && second.speaks() ? second : first;
  }
}
