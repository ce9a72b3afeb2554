package io.gild.observability;

import io.gild.core.GildLog;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The SDK that the javaagent brings along, for a JVM in which nobody else has one although the
 * standard variables ask for an exporter.
 *
 * <p>Spans alone leave through it; what is to be metered is scraped. It never becomes the global
 * one.
 */
final class OwnSdk {

  private static final String[] ASKING = {
    "otel.traces.exporter", "otel.exporter.otlp.endpoint", "otel.exporter.otlp.traces.endpoint"
  };

  private static final int FLUSH_SECONDS = 5;

  private OwnSdk() {}

  /** Starts the SDK if there is one and it is asked for. */
  static @Nullable OpenTelemetry start() {
    if (!isAskedFor()) {
      return null;
    }
    String protocol = value("otel.exporter.otlp.traces.protocol");
    protocol = protocol == null ? value("otel.exporter.otlp.protocol") : protocol;
    if ("grpc".equals(protocol)) {
      GildLog.infoOnce(
          "exports no spans: OTEL_EXPORTER_OTLP_PROTOCOL is grpc, but the agent speaks"
              + " http/protobuf alone");
      return null;
    }
    try {
      return Sdk.start();
    } catch (NoClassDefFoundError absent) {
      return null; // a library that is used without the javaagent leaves the SDK to the application
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Starting OpenTelemetry as OTEL_* variables ask", fault);
      return null;
    }
  }

  private static boolean isAskedFor() {
    if ("none".equals(value(ASKING[0])) || Boolean.parseBoolean(value("otel.sdk.disabled"))) {
      return false;
    }
    for (String key : ASKING) {
      if (value(key) != null) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String value(String key) {
    String property = System.getProperty(key);
    String value =
        property != null ? property : System.getenv(key.toUpperCase(Locale.ROOT).replace('.', '_'));
    return value == null || value.isBlank() ? null : value;
  }

  /** Keeps the SDK's types out of the outer class, which must load without them. */
  private static final class Sdk {

    static OpenTelemetry start() {
      OpenTelemetrySdk sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .setServiceClassLoader(OwnSdk.class.getClassLoader())
              .disableShutdownHook()
              .addPropertiesSupplier(() -> Map.of("otel.exporter.otlp.protocol", "http/protobuf"))
              .addPropertiesCustomizer(
                  given -> Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none"))
              .build()
              .getOpenTelemetrySdk();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> flush(sdk), "gild-spans"));
      return sdk;
    }

    private static void flush(OpenTelemetrySdk sdk) {
      sdk.getSdkTracerProvider().shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    }
  }
}
