package io.gild.core.spi;

import io.gild.config.Experimental;

/**
 * The identity of a call's span, as texts: nothing here belongs to a library of traces. A stage
 * that makes spans keeps it for the call, where {@link io.gild.core.AgentCall#slot(Class)} finds
 * it.
 */
@Experimental
public interface SpanIdentity {

  /**
   * Returns the trace that the span belongs to.
   *
   * @return 32 lower-case hexadecimal digits; empty if the span is in no trace
   */
  String traceId();

  /**
   * Returns the id of the span.
   *
   * @return 16 lower-case hexadecimal digits; empty if the span is in no trace
   */
  String spanId();
}
