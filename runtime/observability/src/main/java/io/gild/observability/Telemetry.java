package io.gild.observability;

import io.gild.config.Experimental;
import io.gild.core.Application;
import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.MethodScope;
import io.gild.core.MethodSpec;
import io.gild.core.RuntimeScope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The shared objects of all observed methods of a runtime: registry, tracer, log, report. */
@Experimental
public final class Telemetry implements AutoCloseable {

  private final MeterRegistry registry;
  private final Tracers tracers;
  private final @Nullable CallLog callLog;
  private final Runnable end;
  private final Map<MetersKey, MethodMeters> meters = new ConcurrentHashMap<>();
  private final Map<String, MethodVersions> versions = new ConcurrentHashMap<>();

  /** The values of the tags of a method's meters. */
  private record MetersKey(String agent, String method, String version) {}

  private Telemetry(
      MeterRegistry registry, Tracers tracers, @Nullable CallLog callLog, Runnable end) {
    this.tracers = tracers;
    this.registry = registry;
    this.callLog = callLog;
    this.end = end;
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
    PrometheusEndpoint endpoint = endpoint(settings.prometheusPort());
    Runnable report = ReportFile.writeAtExit(runtime, endpoint);
    if (!HostClasses.attached()) {
      return new Telemetry(
          Metrics.globalRegistry,
          new Tracers(),
          CallLog.of(settings),
          () -> end(null, null, endpoint, report));
    }
    OpenTelemetry present = Tracers.usableGlobal();
    OwnSdk own = present == null ? OwnSdk.start() : null;
    ExportedMeters exported = exported(own == null ? present : own.meters());
    return new Telemetry(
        Metrics.globalRegistry,
        new Tracers(own == null ? null : own.spans()),
        CallLog.of(settings),
        () -> end(exported, own, endpoint, report));
  }

  /** Exports meters through the OpenTelemetry of another agent, or else Gild's own. */
  private static @Nullable ExportedMeters exported(@Nullable OpenTelemetry through) {
    if (through == null || OwnSdk.refusesMeters() || isReadByOpenTelemetry()) {
      return null;
    }
    try {
      ExportedMeters exported = new ExportedMeters(through);
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

  private static @Nullable PrometheusEndpoint endpoint(@Nullable Integer port) {
    if (port == null) {
      return null;
    }
    try {
      PrometheusEndpoint endpoint = PrometheusEndpoint.start(port);
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
    return new Telemetry(registry, tracers, null, () -> {});
  }

  MethodMeters meters(MethodScope method) {
    MethodSpec spec = method.spec();
    String version =
        versions.computeIfAbsent(spec.id(), absent -> new MethodVersions()).tag(method);
    return meters
        .computeIfAbsent(
            new MetersKey(spec.agent(), spec.methodName(), version),
            absent -> new MethodMeters(registry, absent.agent(), absent.method(), version))
        .with(spec, method.counts());
  }

  /** Returns the search for the tracer of an application. */
  Tracers tracers(Application application) {
    return application.shared(Tracers.class, runtime -> tracers.of(application));
  }

  @Nullable CallLog callLog() {
    return callLog;
  }

  /** Sends the remaining data, and exports nothing after that. */
  @Override
  public void close() {
    end.run();
  }
}
