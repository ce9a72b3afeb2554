package io.gild.a2a.server;

import io.gild.a2a.A2aVersion;
import java.util.Set;

/**
 * Who asks, and how.
 *
 * @param tenant the tenant; empty if there is only one
 * @param authenticated whether credentials were checked
 * @param version the version of the protocol
 * @param named whether the request names the version; else it is 0.3, unless that has no such
 *     method or path
 * @param extensions the extensions that the client supports
 */
record A2aCaller(
    String tenant,
    boolean authenticated,
    A2aVersion version,
    boolean named,
    Set<String> extensions) {

  A2aCaller with(String other) {
    return new A2aCaller(other, authenticated, version, named, extensions);
  }

  A2aCaller with(A2aVersion other) {
    return new A2aCaller(tenant, authenticated, other, named, extensions);
  }

  boolean isOld() {
    return version == A2aVersion.V0_3;
  }
}
