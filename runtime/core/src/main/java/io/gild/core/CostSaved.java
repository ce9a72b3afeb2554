package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Usage;
import io.gild.core.spi.Event;
import io.gild.core.spi.MeterRecorder;
import io.gild.core.spi.StageContext;
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

  private static final double NANOS_PER_USD = 1e9;

  /**
   * Counts the savings of one method from one source.
   *
   * @param context the method
   * @param source what saves
   * @return counts them in a meter and as events
   */
  public static Meter meter(StageContext context, String source) {
    return new Meter(context.recorder(CoreMeter.SAVED.spec(), source), source);
  }

  /** Counts savings; thread-safe. */
  @Experimental
  public static final class Meter {

    private final MeterRecorder meter;
    private final String source;

    private Meter(MeterRecorder meter, String source) {
      this.meter = meter;
      this.source = source;
    }

    /**
     * Counts what a call saved.
     *
     * @param call the call
     * @param model the model that would have answered; {@code null} if unknown
     * @param usage tokens of the answer
     * @param insteadNanoUsd what would have been paid; nothing is counted if it is negative, which
     *     means unknown
     * @param paidNanoUsd what was paid; the meter leaves out what cost more than it would have
     */
    public void record(
        AgentCall call,
        @Nullable String model,
        Usage usage,
        long insteadNanoUsd,
        long paidNanoUsd) {
      if (insteadNanoUsd < 0) {
        return;
      }
      meter.record((insteadNanoUsd - paidNanoUsd) / NANOS_PER_USD);
      publish(call, source, model, usage, insteadNanoUsd, paidNanoUsd);
    }
  }

  /**
   * Publishes a saving if there are subscribers, on the current thread.
   *
   * @param call the call
   * @param source what saved it
   * @param model the model that would have answered; {@code null} if unknown
   * @param usage tokens of the answer
   * @param insteadNanoUsd what would have been paid; nothing is published if it is negative
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
              call.attribution(model),
              source,
              model == null ? "" : model,
              usage,
              insteadNanoUsd,
              insteadNanoUsd - paidNanoUsd,
              call.isShadow()));
    }
  }
}
