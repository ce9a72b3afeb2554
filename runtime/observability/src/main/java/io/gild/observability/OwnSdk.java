package io.gild.observability;

import io.gild.core.GildLog;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.View;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The SDK that the javaagent includes, for a JVM without another SDK whose standard variables
 * request an exporter.
 *
 * <p>It never becomes the global one.
 *
 * @param spans makes the spans that are exported; {@code null} for none
 * @param lost counts the spans that no collector received
 * @param meters exports meters; {@code null} for none
 * @param end sends the remaining data; harmless when repeated
 */
record OwnSdk(
    @Nullable Tracer spans, LostSpans lost, @Nullable OpenTelemetry meters, Runnable end) {

  private static final int USUAL_QUEUE = 2_048;
  private static final int USUAL_BATCH = 512;

  private static final String PROTOCOL = "http/protobuf";
  private static final String NONE = "none";
  private static final long LONGEST_END_MILLIS = 5_000;

  /** The signals that may be exported, by their names in OpenTelemetry's settings. */
  private enum Signal {
    TRACES("traces", "spans"),
    METRICS("metrics", "meters");

    private final String word;
    private final String what;

    Signal(String word, String what) {
      this.word = word;
      this.what = what;
    }

    String exporter() {
      return "otel." + word + ".exporter";
    }

    /** Returns whether it is requested in a way that the agent supports. */
    boolean wanted() {
      String exporter = value(exporter());
      if (exporter == null) {
        return (value("otel.exporter.otlp.endpoint") != null
                || value("otel.exporter.otlp." + word + ".endpoint") != null)
            && speaks();
      }
      if (exporter.equals(NONE)) {
        return false;
      }
      if (!List.of(exporter.split("\\s*,\\s*")).contains("otlp")) {
        GildLog.infoOnce(
            "exports no %s: %s is %s, but the agent supports only otlp"
                .formatted(what, variable(exporter()), exporter));
        return false;
      }
      return speaks();
    }

    private boolean speaks() {
      String own = "otel.exporter.otlp." + word + ".protocol";
      String key = value(own) == null ? "otel.exporter.otlp.protocol" : own;
      String protocol = value(key);
      if (protocol == null || protocol.equals(PROTOCOL)) {
        return true;
      }
      GildLog.infoOnce(
          "exports no %s: %s is %s, but the agent supports only %s"
              .formatted(what, variable(key), protocol, PROTOCOL));
      return false;
    }
  }

  /** Starts the SDK if it is requested. */
  static @Nullable OwnSdk start(SemanticConventions conventions) {
    if (Boolean.parseBoolean(value("otel.sdk.disabled"))) {
      return null;
    }
    boolean spans = Signal.TRACES.wanted();
    boolean meters = Signal.METRICS.wanted();
    if (!spans && !meters) {
      return null;
    }
    try {
      return Sdk.start(spans, meters, conventions);
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Starting OpenTelemetry with the OTEL_* variables", fault);
      return null;
    }
  }

  /** Returns whether no library exports meters, another agent included. */
  static boolean refusesMeters() {
    return NONE.equals(value(Signal.METRICS.exporter()));
  }

  private static @Nullable String value(String key) {
    String property = System.getProperty(key);
    String value = property != null ? property : System.getenv(variable(key));
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** Keeps the SDK's types out of the outer class, which must load without them. */
  private static final class Sdk {

    static OwnSdk start(boolean spans, boolean meters, SemanticConventions conventions) {
      LostSpans lost = new LostSpans();
      OwnSpanPath path = new OwnSpanPath(lost);
      OpenTelemetrySdk sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .setServiceClassLoader(OwnSdk.class.getClassLoader())
              .disableShutdownHook()
              .addPropertiesSupplier(() ->
                  Map.of(
                      "otel.exporter.otlp.protocol",
                      PROTOCOL,
                      // The end of the JVM would wait for each of five attempts.
                      "otel.java.exporter.otlp.retry.disabled",
                      "true"))
              .addPropertiesCustomizer(given ->
                  Map.of(
                      Signal.TRACES.exporter(),
                      spans ? "otlp" : NONE,
                      Signal.METRICS.exporter(),
                      meters ? "otlp" : NONE,
                      "otel.logs.exporter",
                      NONE))
              .addMeterProviderCustomizer((builder, given) -> withoutItsOwn(builder))
              .addResourceCustomizer((resource, given) -> path.of(resource))
              .addSpanExporterCustomizer((exporter, given) -> {
                lost.mostWaiting(
                    given.getInt("otel.bsp.max.queue.size", USUAL_QUEUE)
                        + given.getInt("otel.bsp.max.export.batch.size", USUAL_BATCH));
                return new CountedSpans.Exporter(exporter, lost);
              })
              .addSpanProcessorCustomizer((processor, given) -> path.through(processor))
              .build()
              .getOpenTelemetrySdk();
      Thread hook = NeutralThread.of(() -> end(sdk), "gild-telemetry");
      Runtime.getRuntime().addShutdownHook(hook);
      return new OwnSdk(
          spans ? path.tracer(sdk, conventions) : null,
          lost,
          meters ? sdk : null,
          () -> close(sdk, hook));
    }

    /** The SDK's own meters would collide with those of an SDK that the application has. */
    private static SdkMeterProviderBuilder withoutItsOwn(SdkMeterProviderBuilder meters) {
      return meters
          .registerView(
              InstrumentSelector.builder().setName("*").build(),
              View.builder().setAggregation(Aggregation.drop()).build())
          .registerView(
              InstrumentSelector.builder().setMeterName(Tracers.SCOPE).build(),
              View.builder().build());
    }

    private static void close(OpenTelemetrySdk sdk, Thread hook) {
      try {
        if (Runtime.getRuntime().removeShutdownHook(hook)) {
          end(sdk);
        }
      } catch (IllegalStateException ending) {
        // The JVM is shutting down, and the hook does the same.
      }
    }

    /**
     * Sends the remaining data on another thread, because a shutdown waits longer than its timeout.
     */
    private static void end(OpenTelemetrySdk sdk) {
      Thread last =
          new Thread(
              () -> sdk.shutdown().join(LONGEST_END_MILLIS, TimeUnit.MILLISECONDS),
              "gild-telemetry-end");
      last.setDaemon(true);
      last.start();
      try {
        last.join(LONGEST_END_MILLIS);
      } catch (InterruptedException impatient) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
