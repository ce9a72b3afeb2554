package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Usage;
import io.gild.core.spi.Event;
import java.util.List;

/**
 * A request to a model reported its tokens, at the moment in which it did; the call may fail later.
 *
 * @param method the method that made the request
 * @param attribution the dimensions of the request
 * @param usage its tokens
 * @param nanoUsd its price in billionths of a US dollar; -1 if the model has no known price
 * @param within the calls that it belongs to, each with its present attempt; the innermost first
 * @param shadow whether no caller gets the answer, because the call is made for a comparison only
 */
@Experimental
public record UsageRecorded(
    MethodSpec method,
    Attribution attribution,
    Usage usage,
    long nanoUsd,
    List<Enclosing> within,
    boolean shadow)
    implements Event {

  /**
   * A call around a request.
   *
   * @param call number of the call within its runtime
   * @param attempt number of the attempt within the call, from 1
   */
  public record Enclosing(long call, int attempt) {}

  /** Copies the list. */
  public UsageRecorded {
    within = List.copyOf(within);
  }
}
