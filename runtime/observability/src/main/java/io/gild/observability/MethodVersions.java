package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.MethodVariant;

/** The versions of methods in telemetry. */
final class MethodVersions {

  private MethodVersions() {}

  /** Returns whether a call is made by a new version for a comparison only. */
  static boolean isShadow(AgentCall call) {
    MethodVariant variant = call.method().variant();
    return variant != null && variant.isShadow();
  }
}
