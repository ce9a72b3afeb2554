package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.Event;
import io.gild.core.spi.MeterRecorder;
import io.gild.core.spi.StageContext;

/**
 * A policy made a call cost less, or more, than it would have.
 *
 * @param method the method
 * @param attribution the dimensions of the call
 * @param source what saved: {@code cache}, {@code shared}, {@code semantic} or {@code route}
 * @param nanoUsd billionths of a US dollar; negative if the call cost more
 * @param instead the model whose price was compared; empty for the price that was paid when the
 *     answer was made
 */
@Experimental
public record CostSaved(
    MethodSpec method, Attribution attribution, String source, long nanoUsd, String instead)
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
     * @param nanoUsd billionths of a US dollar; the meter leaves negative amounts out
     * @param instead the model whose price was compared; may be empty
     */
    public void record(AgentCall call, long nanoUsd, String instead) {
      if (nanoUsd == 0) {
        return;
      }
      meter.record(nanoUsd / NANOS_PER_USD);
      Events.Channel<CostSaved> channel = call.method().runtime().events().channel(CostSaved.class);
      if (channel.hasSubscribers()) {
        channel.publish(
            new CostSaved(call.method().spec(), call.attribution(), source, nanoUsd, instead));
      }
    }
  }
}
