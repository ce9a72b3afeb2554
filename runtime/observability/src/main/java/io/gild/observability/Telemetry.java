package io.gild.observability;

import io.gild.config.Observability;
import io.gild.core.Counts;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.MethodSpec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What all observed methods of a runtime share: registry, tracer, log, report. */
public final class Telemetry {

  private final MeterRegistry registry;
  private final Tracers tracers;
  private final @Nullable CallLog callLog;

  private Telemetry(MeterRegistry registry, Tracers tracers, @Nullable CallLog callLog) {
    this.tracers = tracers;
    this.registry = registry;
    this.callLog = callLog;
  }

  /**
   * Starts the telemetry of a runtime, with a scrape endpoint and a report if the settings ask for
   * them.
   *
   * <p>Meters go to Micrometer's global registry, to which an application adds its own.
   *
   * @param runtime the runtime
   * @return its telemetry
   */
  static Telemetry start(GildRuntime runtime) {
    Observability settings = runtime.settings().observability();
    PrometheusEndpoint endpoint = endpoint(settings.prometheusPort());
    ReportFile.writeAtExit(runtime, endpoint);
    return new Telemetry(Metrics.globalRegistry, new Tracers(OwnSdk.start()), CallLog.of(settings));
  }

  private static @Nullable PrometheusEndpoint endpoint(@Nullable Integer port) {
    if (port == null) {
      return null;
    }
    try {
      PrometheusEndpoint endpoint = PrometheusEndpoint.start(port);
      Metrics.addRegistry(endpoint.registry());
      GildLog.info("Metrics are scraped at " + endpoint.url());
      return endpoint;
    } catch (IOException | LinkageError fault) {
      GildLog.faultOnce("The scrape endpoint on port " + port, fault);
      return null;
    }
  }

  /**
   * Makes telemetry that meters into a given registry.
   *
   * @param registry takes the meters
   * @return telemetry without a log
   */
  public static Telemetry of(MeterRegistry registry) {
    return new Telemetry(registry, new Tracers(), null);
  }

  MethodMeters meters(MethodSpec spec, Counts counts) {
    return new MethodMeters(registry, spec, counts);
  }

  Tracers tracers() {
    return tracers;
  }

  @Nullable CallLog callLog() {
    return callLog;
  }
}
