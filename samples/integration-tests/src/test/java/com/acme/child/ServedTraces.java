package com.acme.child;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;

/** The same application, with its own OpenTelemetry. */
public final class ServedTraces {

  private ServedTraces() {}

  /** Sets the application's OpenTelemetry and calls all methods. */
  public static String all(String question) {
    OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().build())
        .buildAndRegisterGlobal();
    return ServedDesk.all(question);
  }
}
