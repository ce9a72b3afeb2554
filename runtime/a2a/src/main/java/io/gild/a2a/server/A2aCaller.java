package io.gild.a2a.server;

import io.gild.a2a.A2aVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and how.
 *
 * @param tenant the tenant; empty if there is only one
 * @param authenticated whether credentials were checked
 * @param version the version of the protocol
 * @param named whether the request names the version; else it is 0.3, unless that has no such
 *     method or path
 * @param extensions the extensions that the client supports
 * @param headers the headers of the request by lower-case names, without credentials
 */
record A2aCaller(
    String tenant,
    boolean authenticated,
    A2aVersion version,
    boolean named,
    Set<String> extensions,
    Map<String, List<String>> headers) {

  A2aCaller with(String other) {
    return new A2aCaller(other, authenticated, version, named, extensions, headers);
  }

  A2aCaller with(A2aVersion other) {
    return new A2aCaller(tenant, authenticated, other, named, extensions, headers);
  }

  boolean isOld() {
    return version == A2aVersion.V0_3;
  }

  /** Returns the values of a header joined by commas, or null if it is absent. */
  @Nullable String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? null : String.join(",", values);
  }
}
