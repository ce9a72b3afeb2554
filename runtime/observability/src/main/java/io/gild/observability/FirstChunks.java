package io.gild.observability;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Times until the first chunk of streamed answers. */
record FirstChunks(Timer timer) {

  void record(long nanos) {
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }
}
