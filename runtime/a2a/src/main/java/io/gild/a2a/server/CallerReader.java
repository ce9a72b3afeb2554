package io.gild.a2a.server;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aVersion;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who asks, and in which version, from the headers and the query. */
final class CallerReader {

  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "x-api-key", "cookie");

  private final CallerCheck check;

  CallerReader(CallerCheck check) {
    this.check = check;
  }

  /** Reads the caller, whose tenant the request may name later. */
  A2aCaller caller(WebRequest request) {
    String tenant = check.tenant(request);
    return new A2aCaller(
        tenant,
        !check.isOpen(),
        version(request),
        isVersionNamed(request),
        extensions(request),
        headers(request));
  }

  /**
   * Returns the caller in the tenant that the request names.
   *
   * @param asked the tenant, or null or empty for the caller's own
   */
  A2aCaller inTenant(A2aCaller caller, @Nullable String asked) {
    if (asked == null || asked.isEmpty() || asked.equals(caller.tenant())) {
      return caller;
    }
    if (caller.authenticated()) {
      throw new A2aException(
          A2aErrorCode.PERMISSION_DENIED, "the credentials are not those of the tenant it names");
    }
    return caller.with(asked);
  }

  private static boolean isVersionNamed(WebRequest request) {
    String named = named(request);
    return named != null && !named.isBlank();
  }

  private static @Nullable String named(WebRequest request) {
    String header = request.header(A2aVersion.HEADER);
    return header == null ? request.parameters().get(A2aVersion.HEADER) : header;
  }

  private static A2aVersion version(WebRequest request) {
    String named = named(request);
    A2aVersion version = A2aVersion.of(named);
    if (version == null) {
      throw new A2aException(
          A2aErrorCode.VERSION_NOT_SUPPORTED,
          "the version of A2A must be 1.0 or 0.3, but is \"" + named + "\"");
    }
    return version;
  }

  private static Set<String> extensions(WebRequest request) {
    Set<String> extensions = new LinkedHashSet<>();
    for (String name : List.of("A2A-Extensions", "X-A2A-Extensions")) {
      String header = request.header(name);
      for (String uri : header == null ? new String[0] : header.split(",", -1)) {
        if (!uri.isBlank()) {
          extensions.add(uri.trim());
        }
      }
    }
    return extensions;
  }

  /** Agents need no secrets. */
  private static Map<String, List<String>> headers(WebRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
    headers.keySet().removeAll(CREDENTIALS);
    return headers;
  }
}
