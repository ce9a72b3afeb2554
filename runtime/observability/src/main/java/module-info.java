/** Spans, meters, the report and the log of calls. */
module io.gild.observability {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;
  requires io.gild.recording;
  requires transitive io.opentelemetry.api;
  requires transitive micrometer.core;
  requires transitive io.opentelemetry.context;
  requires static io.opentelemetry.exporter.sender.jdk.internal;
  requires static io.opentelemetry.sdk;
  requires static io.opentelemetry.sdk.autoconfigure;
  requires static io.opentelemetry.sdk.autoconfigure.spi;
  requires static io.opentelemetry.sdk.common;
  requires static io.opentelemetry.sdk.metrics;
  requires static io.opentelemetry.sdk.trace;
  requires static io.prometheus.metrics.model;
  requires static io.prometheus.metrics.tracer.common;
  requires static transitive java.logging;
  requires static jdk.httpserver;
  requires static jdk.jfr;
  requires static micrometer.registry.prometheus;
  requires static org.apache.logging.log4j;
  requires static org.apache.logging.log4j.core;
  requires static org.slf4j;

  exports io.gild.observability;

  provides io.gild.config.spi.SettingsModule with
      io.gild.observability.ObservabilityModule;
}
