package io.gild.observability;

import io.gild.config.Experimental;
import io.gild.core.Application;
import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.Meters;
import io.gild.core.MethodScope;
import io.gild.core.MethodSpec;
import io.gild.core.RuntimeScope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The shared objects of all observed methods of a runtime: registry, tracer, log, report. */
@Experimental
public final class Telemetry implements AutoCloseable {

  private static final int MOST_SERIES = 100_000;

  /** An application may load its Micrometer at any time. */
  private static final long SECONDS_BETWEEN_JOINS = 5;

  private static final List<String> OTHERS =
      List.of(SeriesLimits.OTHER, SeriesLimits.OTHER, SeriesLimits.OTHER);

  private final MicrometerMeters meters;
  private final SemanticConventions conventions;
  private final Tracers tracers;
  private final @Nullable CallLog callLog;
  private final @Nullable PrometheusEndpoint endpoint;
  private final Runnable end;
  private final Map<List<String>, MethodMeters> methods = new ConcurrentHashMap<>();
  private @Nullable AutoCloseable export;

  private Telemetry(
      MicrometerMeters meters,
      SemanticConventions conventions,
      Tracers tracers,
      @Nullable CallLog callLog,
      @Nullable PrometheusEndpoint endpoint,
      Runnable end) {
    this.meters = meters;
    this.conventions = conventions;
    this.tracers = tracers;
    this.callLog = callLog;
    this.endpoint = endpoint;
    this.end = end;
    countDropped(meters, "metric", "series_limit", meters.limits(), SeriesLimits::folded);
    meters.read(
        ObservabilityMeter.INFO.spec(),
        List.of(GildVersion.present(), conventions.key()),
        this,
        present -> 1);
    if (callLog != null) {
      countDropped(meters, "log", "unwritten", callLog, CallLog::unwritten);
      countDropped(meters, "log", "queue_full", callLog, CallLog::overflown);
    }
    if (endpoint != null) {
      endpoint.beforeScrape(meters::removeEnded);
    }
  }

  /**
   * Starts the telemetry of a runtime, with a scrape endpoint and a report if the settings
   * configure them.
   *
   * <p>Meters go to Micrometer's global registry, to which an application adds its own. Inside a
   * javaagent, which has a global registry of its own, they are exported according to
   * OpenTelemetry's variables.
   *
   * @param runtime the runtime
   * @return its telemetry
   */
  static Telemetry start(RuntimeScope runtime) {
    Observability settings = runtime.settings().get(Observability.SECTION);
    PrometheusEndpoint endpoint = endpoint(settings);
    Runnable report = ReportFile.writeAtExit(runtime, endpoint);
    SemanticConventions conventions = conventions(runtime, settings);
    MicrometerMeters meters =
        new MicrometerMeters(Metrics.globalRegistry, new SeriesLimits(settings.maxSeries()));
    if (!HostClasses.attached()) {
      return new Telemetry(
          meters,
          conventions,
          new Tracers(null, conventions),
          CallLog.of(runtime),
          endpoint,
          () -> end(null, null, endpoint, report));
    }
    OpenTelemetry present = Tracers.usableGlobal();
    OwnSdk own = present == null ? OwnSdk.start(conventions) : null;
    if (own != null && own.spans() != null) {
      countLost(meters, own.lost());
    }
    ExportedMeters exported = exported(own == null ? present : own.meters(), conventions);
    HostRegistries hosts = new HostRegistries();
    hosts.join();
    runtime
        .scheduler()
        .scheduleWithFixedDelay(
            hosts::join, SECONDS_BETWEEN_JOINS, SECONDS_BETWEEN_JOINS, TimeUnit.SECONDS);
    return new Telemetry(
        meters,
        conventions,
        new Tracers(own == null ? null : own.spans(), conventions),
        CallLog.of(runtime),
        endpoint,
        () -> {
          hosts.close();
          end(exported, own, endpoint, report);
        });
  }

  private static void countLost(MicrometerMeters meters, LostSpans lost) {
    countDropped(meters, "span", "not_accepted", lost, LostSpans::failed);
    countDropped(meters, "span", "queue_full", lost, LostSpans::overflown);
    countDropped(meters, "span", "rejected", lost, LostSpans::rejected);
  }

  private static <T> void countDropped(
      MicrometerMeters meters,
      String signal,
      String reason,
      T source,
      ToDoubleFunction<? super T> count) {
    meters.read(ObservabilityMeter.DROPPED.spec(), List.of(signal, reason), source, count);
  }

  private static SemanticConventions conventions(RuntimeScope runtime, Observability settings) {
    return SemanticConventions.of(
        settings.semconv(),
        runtime.settings().names("observability", "semconv"),
        System.getenv("OTEL_SEMCONV_STABILITY_OPT_IN"));
  }

  /** Exports meters through the OpenTelemetry of another agent, or else Gild's own. */
  private static @Nullable ExportedMeters exported(
      @Nullable OpenTelemetry through, SemanticConventions conventions) {
    if (through == null || OwnSdk.refusesMeters() || isReadByOpenTelemetry()) {
      return null;
    }
    try {
      ExportedMeters exported = new ExportedMeters(through, conventions.schemaUrl());
      Metrics.addRegistry(exported);
      return exported;
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Exporting meters through OpenTelemetry", fault);
      return null;
    }
  }

  /** OpenTelemetry's javaagent adds its own registry if it is configured to. */
  private static boolean isReadByOpenTelemetry() {
    return Metrics.globalRegistry.getRegistries().stream()
        .anyMatch(registry -> registry.getClass().getName().startsWith("io.opentelemetry."));
  }

  /** Leaves no thread, no port, and no hook that keeps the agent in the JVM. */
  private static void end(
      @Nullable ExportedMeters exported,
      @Nullable OwnSdk own,
      @Nullable PrometheusEndpoint endpoint,
      Runnable report) {
    report.run();
    if (endpoint != null) {
      endpoint.close();
    }
    if (own != null) {
      own.end().run();
    }
    if (exported != null) {
      Metrics.removeRegistry(exported);
      exported.close();
    }
  }

  private static @Nullable PrometheusEndpoint endpoint(Observability settings) {
    Integer port = settings.prometheusPort();
    if (port == null) {
      return null;
    }
    try {
      PrometheusEndpoint endpoint =
          PrometheusEndpoint.start(settings.prometheusAddress(), port, PrometheusEndpoint.LONGEST);
      Metrics.addRegistry(endpoint.registry());
      GildLog.info("Metrics are scraped at " + endpoint.url());
      return endpoint;
    } catch (LinkageError missing) {
      GildLog.info(
          "observability.prometheus-port has no effect: add the dependency"
              + " io.micrometer:micrometer-registry-prometheus.");
      return null;
    } catch (IOException fault) {
      GildLog.faultOnce("The scrape endpoint on port " + port, fault);
      return null;
    }
  }

  /**
   * Makes telemetry that meters into a given registry.
   *
   * @param registry receives the meters
   * @return telemetry without a log
   */
  public static Telemetry of(MeterRegistry registry) {
    return of(registry, new Tracers());
  }

  static Telemetry of(MeterRegistry registry, Tracers tracers) {
    return of(registry, tracers, SemanticConventions.BOTH, MOST_SERIES);
  }

  static Telemetry of(
      MeterRegistry registry, Tracers tracers, SemanticConventions conventions, int mostSeries) {
    MicrometerMeters meters = new MicrometerMeters(registry, new SeriesLimits(mostSeries));
    return new Telemetry(meters, conventions, tracers, null, null, () -> {});
  }

  /** Makes telemetry that an endpoint serves, with exemplars; the caller closes the endpoint. */
  static Telemetry scraped(PrometheusEndpoint endpoint) {
    MicrometerMeters meters =
        new MicrometerMeters(endpoint.registry(), new SeriesLimits(MOST_SERIES));
    return new Telemetry(meters, SemanticConventions.BOTH, new Tracers(), null, endpoint, () -> {});
  }

  /** Exports the meters of all modules of a runtime, once. */
  synchronized Telemetry export(RuntimeScope runtime) {
    if (export == null) {
      export = runtime.meters().attach(meters);
    }
    return this;
  }

  /** Returns all series. */
  MicrometerMeters meters() {
    return meters;
  }

  /** Returns the conventions whose names are exported. */
  SemanticConventions conventions() {
    return conventions;
  }

  /** Returns whether buckets have exemplars, so that recorded calls name their span. */
  boolean hasExemplars() {
    return endpoint != null && endpoint.hasExemplars();
  }

  MethodMeters meters(MethodScope method) {
    MethodSpec spec = method.spec();
    List<String> values = Meters.values(method);
    List<String> kept =
        methods.containsKey(values) || meters.limits().haveRoom()
            ? meters.limits().fold(ObservabilityMeter.ATTEMPTS.spec(), values)
            : OTHERS;
    if (!kept.equals(values)) {
      meters.limits().count();
    }
    return methods
        .computeIfAbsent(
            kept,
            absent ->
                new MethodMeters(meters, conventions, absent, method.runtime().meters().declared()))
        .with(spec, method.counts());
  }

  /** Returns the search for the tracer of an application. */
  Tracers tracers(Application application) {
    return application.shared(Tracers.class, runtime -> tracers.of(application));
  }

  /** Returns the search for a tracer outside of any application's call. */
  Tracers tracers() {
    return tracers;
  }

  @Nullable CallLog callLog() {
    return callLog;
  }

  /** Sends the remaining data, and exports nothing after that. */
  @Override
  public void close() {
    end.run();
    if (callLog != null) {
      callLog.close();
    }
    meters.close();
    try {
      if (export != null) {
        export.close();
      }
    } catch (Exception fault) {
      GildLog.faultOnce("Ending the export of meters", fault);
    }
  }
}
