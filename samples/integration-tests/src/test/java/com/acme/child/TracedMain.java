package com.acme.child;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** An application that sets its own OpenTelemetry at any time, and creates spans with it. */
public final class TracedMain {

  private static OpenTelemetrySdk own;

  private TracedMain() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(line, arguments[0]));
    }
    if (own != null) {
      own.close();
    }
  }

  private static String answer(String line, String endpoint) {
    try {
      if (line.equals("set")) {
        own = sdk(endpoint);
        GlobalOpenTelemetry.set(own);
        return "set";
      }
      if (line.equals("look")) {
        return GlobalOpenTelemetry.getTracer("a library").getClass().getSimpleName();
      }
      return line.startsWith("early") ? TracedDesk.answer(line) : serve(line);
    } catch (Throwable failure) {
      return "threw " + failure;
    }
  }

  private static OpenTelemetrySdk sdk(String endpoint) {
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(endpoint + "/v1/traces").build();
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build())
        .build();
  }

  private static String serve(String line) {
    Span span = span("request");
    Scope scope = span.makeCurrent();
    try {
      return TracedDesk.answer(line);
    } finally {
      scope.close();
      span.end();
    }
  }

  private static Span span(String name) {
    return GlobalOpenTelemetry.getTracer("acme").spanBuilder(name).startSpan();
  }

  /** The agent. */
  static final class TracedDesk {

    static String answer(String question) {
      if (question.startsWith("early")) {
        return ModelDesk.shared().answer(question);
      }
      Span span = span("look up");
      Scope scope = span.makeCurrent();
      try {
        return ModelDesk.shared().answer(question);
      } finally {
        scope.close();
        span.end();
      }
    }
  }
}
