package io.gild.a2a.server;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import java.util.Locale;
import java.util.Map;

/** What both bindings ask of bodies and say in headers. */
final class Bodies {

  private Bodies() {}

  static A2aException tooLarge() {
    return new A2aException(
        A2aErrorCode.TOO_LARGE,
        "the request is too large; send large files by url, or raise a2a.limits.max-body-bytes");
  }

  static boolean isJson(WebRequest request) {
    String type = request.header("Content-Type");
    String plain = type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    return plain.equals("application/json") || plain.equals("application/a2a+json");
  }

  static void addHeaders(A2aErrorCode code, Map<String, String> headers) {
    if (code == A2aErrorCode.UNAUTHENTICATED) {
      headers.put("WWW-Authenticate", "Bearer realm=\"a2a\"");
    } else if (code == A2aErrorCode.UNAVAILABLE) {
      headers.put("Retry-After", "1");
    }
  }
}
