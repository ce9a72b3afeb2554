package io.gild.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the price of a request depends on other than its tokens.
 *
 * @param provider a name of OpenTelemetry's GenAI conventions; {@code null} if unknown
 * @param model name of the model as its provider reports it
 * @param service the service tier in the provider's word; {@code null} if unknown
 * @param time when the answer arrived
 */
record PricedRequest(
    @Nullable String provider, String model, @Nullable String service, Instant time) {

  /** Returns the text that the price is remembered by; no name of a provider has a blank. */
  String key() {
    return provider == null ? model : provider + ' ' + model;
  }
}
