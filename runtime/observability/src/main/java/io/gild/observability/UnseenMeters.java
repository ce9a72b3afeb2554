package io.gild.observability;

import io.gild.core.spi.MeterSpec;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.noop.NoopCounter;
import io.micrometer.core.instrument.noop.NoopDistributionSummary;
import io.micrometer.core.instrument.noop.NoopGauge;
import io.micrometer.core.instrument.noop.NoopTimer;
import java.util.List;

/** Meters in no registry, in place of those that a registry does not take. */
final class UnseenMeters {

  private UnseenMeters() {}

  static Meter like(MeterSpec spec, List<Tag> tags) {
    Meter.Id id =
        new Meter.Id(
            spec.name(), Tags.of(tags), null, spec.description(), Meter.Type.valueOf(type(spec)));
    return switch (spec.type()) {
      case COUNTER -> new NoopCounter(id);
      case GAUGE -> new NoopGauge(id);
      case TIMER -> new NoopTimer(id);
      case SUMMARY -> new NoopDistributionSummary(id);
    };
  }

  private static String type(MeterSpec spec) {
    return spec.type() == MeterSpec.Type.SUMMARY ? "DISTRIBUTION_SUMMARY" : spec.type().name();
  }
}
