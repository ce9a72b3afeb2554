package com.acme.child;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;

/** The same application, with an OpenTelemetry of its own. */
public final class ServedTraces {

  private ServedTraces() {}

  /** Sets the application's OpenTelemetry and asks in all ways. */
  public static String all(String question) {
    OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().build())
        .buildAndRegisterGlobal();
    return ServedDesk.all(question);
  }
}
