package io.gild.observability;

import static io.opentelemetry.sdk.testing.assertj.OpenTelemetryAssertions.assertThat;

import io.micrometer.core.instrument.DistributionSummary;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.util.Collection;
import org.junit.jupiter.api.Test;

class ExportedMetersTests {

  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
          .build();
  private final ExportedMeters meters =
      new ExportedMeters(sdk, SemanticConventions.BOTH.schemaUrl());

  @Test
  void exportsTheMetersOfTheConventionsWithTheirBuckets() {
    meters
        .timer(ObservabilityMeter.CLIENT_DURATION.spec().name(), "agent", "desk")
        .record(Duration.ofMillis(15));
    DistributionSummary.builder(ObservabilityMeter.CLIENT_TOKENS.spec().name())
        .baseUnit("token")
        .register(meters)
        .record(5);

    assertThat(metric(ObservabilityMeter.CLIENT_DURATION))
        .hasUnit("s")
        .hasHistogramSatisfying(histogram ->
            histogram
                .isCumulative()
                .hasPointsSatisfying(point ->
                    point
                        .hasSum(0.015)
                        .hasBucketBoundaries(
                            0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24,
                            20.48, 40.96, 81.92)));
    assertThat(metric(ObservabilityMeter.CLIENT_TOKENS))
        .hasUnit("{token}")
        .hasHistogramSatisfying(histogram ->
            histogram.hasPointsSatisfying(point ->
                point
                    .hasSum(5)
                    .hasBucketBoundaries(
                        1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304,
                        16777216, 67108864)));
  }

  @Test
  void exportsNothingAfterItIsClosed() {
    meters.gauge("gild.agent.active", 3);
    assertThat(metric(ObservabilityMeter.ACTIVE))
        .hasDoubleGaugeSatisfying(gauge -> gauge.hasPointsSatisfying(point -> point.hasValue(3)));

    meters.close();
    assertThat(reader.collectAllMetrics()).isEmpty();
  }

  private MetricData metric(ObservabilityMeter name) {
    Collection<MetricData> all = reader.collectAllMetrics();
    return all.stream()
        .filter(each -> each.getName().equals(name.spec().name()))
        .findFirst()
        .orElseThrow();
  }
}
