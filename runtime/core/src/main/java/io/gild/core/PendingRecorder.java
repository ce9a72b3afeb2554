package io.gild.core;

import io.gild.core.spi.MeterRecorder;
import io.gild.core.spi.MeterSpec;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;

/**
 * Records for a backend that may come later: it counts until then, and drops what a timer or
 * summary would distribute. Thread-safe.
 */
final class PendingRecorder implements MeterRecorder {

  private final MeterSpec spec;
  private final List<String> values;
  private final DoubleAdder counted = new DoubleAdder();
  private volatile @Nullable MeterRecorder used;

  PendingRecorder(MeterSpec spec, List<String> values) {
    this.spec = spec;
    this.values = values;
  }

  MeterSpec spec() {
    return spec;
  }

  List<String> values() {
    return values;
  }

  void use(MeterRecorder recorder) {
    used = recorder;
    if (spec.type() == MeterSpec.Type.COUNTER) {
      recorder.record(counted.sumThenReset());
    }
  }

  @Override
  public void record(double amount) {
    MeterRecorder present = used;
    if (present != null) {
      present.record(amount);
    } else if (amount > 0 && spec.type() == MeterSpec.Type.COUNTER) {
      counted.add(amount);
      MeterRecorder meanwhile = used;
      if (meanwhile != null) {
        meanwhile.record(counted.sumThenReset());
      }
    }
  }
}
