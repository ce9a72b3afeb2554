package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Usage;
import io.gild.core.spi.Event;
import org.jspecify.annotations.Nullable;

/**
 * Money was not spent, because a request was not made or went to another model.
 *
 * @param method the method whose policy saved it
 * @param attribution who and what the money would have been spent on
 * @param source what saved it: {@code cache}, {@code shared}, {@code semantic} or {@code route}
 * @param model the model that would have answered; empty if unknown
 * @param usage tokens of the answer
 * @param insteadNanoUsd what would have been paid, in billionths of a US dollar; zero or more
 * @param savedNanoUsd what was saved; below zero if more was paid than without the policy
 * @param shadow whether no caller gets the answer
 */
@Experimental
public record CostSaved(
    MethodSpec method,
    Attribution attribution,
    String source,
    String model,
    Usage usage,
    long insteadNanoUsd,
    long savedNanoUsd,
    boolean shadow)
    implements Event {

  /**
   * Publishes a saving if there are subscribers, on the current thread.
   *
   * @param call the call
   * @param source what saved it
   * @param model the model that would have answered; {@code null} if unknown
   * @param usage tokens of the answer
   * @param insteadNanoUsd what would have been paid; nothing is published if it is negative, which
   *     means unknown
   * @param paidNanoUsd what was paid; zero or more
   */
  public static void publish(
      AgentCall call,
      String source,
      @Nullable String model,
      Usage usage,
      long insteadNanoUsd,
      long paidNanoUsd) {
    Events.Channel<CostSaved> channel = call.method().runtime().events().channel(CostSaved.class);
    if (insteadNanoUsd >= 0 && channel.hasSubscribers()) {
      channel.publish(
          new CostSaved(
              call.method().spec(),
              Attribution.of(call, model),
              source,
              model == null ? "" : model,
              usage,
              insteadNanoUsd,
              insteadNanoUsd - paidNanoUsd,
              call.isShadow()));
    }
  }
}
