package io.gild.observability;

import io.gild.config.Experimental;
import io.gild.config.Section;
import java.util.List;

/**
 * What is in the call log.
 *
 * @param callLogEvents what has lines
 * @param callLogSample share of the outermost calls that are logged with all that belongs to them,
 *     above 0 and up to 1; those with a failure, or that {@link TraceSampling} keeps as slow or
 *     expensive, are always logged
 */
@Experimental
public record CallLogSettings(List<CallLogEvent> callLogEvents, double callLogSample) {

  /** The part of the section {@code observability} that is about the content of the call log. */
  public static final Section<CallLogSettings> SECTION =
      Section.of("observability", CallLogSettings.class);

  /** Checks the values. */
  public CallLogSettings {
    callLogEvents = List.copyOf(callLogEvents);
    if (!(callLogSample > 0 && callLogSample <= 1)) {
      throw new IllegalArgumentException(
          "call-log-sample must be above 0 and up to 1, but is " + callLogSample);
    }
  }
}
