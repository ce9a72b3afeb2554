package io.gild.a2a.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The request line and headers.
 *
 * @param request the request without its body
 * @param contentLength the length of the body; 0 if it is chunked
 * @param chunked whether the body is chunked
 * @param persistent whether the connection stays open
 * @param old whether the client speaks HTTP/1.0
 */
record WebHead(
    WebRequest request, long contentLength, boolean chunked, boolean persistent, boolean old) {

  private static final String TOKEN = "!#$%&'*+-.^_`|~";

  static WebHead parse(String text) throws WebProblem {
    String[] lines = text.split("\r?\n");
    String[] first = lines[0].split(" ");
    if (first.length != 3 || !isToken(first[0]) || first[1].isEmpty()) {
      throw new WebProblem(400, "the request line must be METHOD TARGET HTTP/1.1");
    }
    if (!first[2].equals("HTTP/1.1") && !first[2].equals("HTTP/1.0")) {
      throw new WebProblem(505, "the version must be HTTP/1.1 or HTTP/1.0");
    }
    Map<String, List<String>> headers = headers(lines);
    boolean old = first[2].equals("HTTP/1.0");
    if (!old && size(headers, "host") != 1) {
      throw new WebProblem(400, "the header Host must be there once");
    }
    boolean chunked = isChunked(headers);
    return new WebHead(
        request(first[0], first[1], headers),
        chunked ? 0 : contentLength(headers),
        chunked,
        isPersistent(headers, old),
        old);
  }

  private static WebRequest request(
      String method, String target, Map<String, List<String>> headers) {
    String path = target;
    int scheme = target.indexOf("://");
    if (scheme > 0 && !target.startsWith("/")) { // the absolute form
      int slash = target.indexOf('/', scheme + 3);
      path = slash < 0 ? "/" : target.substring(slash);
    }
    int mark = path.indexOf('?');
    return new WebRequest(
        method,
        mark < 0 ? path : path.substring(0, mark),
        mark < 0 ? "" : path.substring(mark + 1),
        headers,
        new byte[0],
        false);
  }

  boolean expectsContinue() {
    return "100-continue".equalsIgnoreCase(request.header("expect"));
  }

  private static Map<String, List<String>> headers(String[] lines) throws WebProblem {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      String name = colon < 0 ? "" : lines[i].substring(0, colon);
      if (!isToken(name)) {
        throw new WebProblem(400, "a header must be NAME: VALUE");
      }
      String value = lines[i].substring(colon + 1).trim();
      if (value.indexOf('\0') >= 0 || value.indexOf('\r') >= 0) {
        throw new WebProblem(400, "a header must not contain control characters");
      }
      headers
          .computeIfAbsent(name.toLowerCase(Locale.ROOT), absent -> new ArrayList<>())
          .add(value);
    }
    return headers;
  }

  private static int size(Map<String, List<String>> headers, String name) {
    List<String> values = headers.get(name);
    return values == null ? 0 : values.size();
  }

  private static boolean isChunked(Map<String, List<String>> headers) throws WebProblem {
    List<String> codings = headers.get("transfer-encoding");
    if (codings == null) {
      return false;
    }
    if (codings.size() != 1
        || !codings.get(0).equalsIgnoreCase("chunked")
        || headers.containsKey("content-length")) {
      throw new WebProblem(400, "the body must have a length, or be chunked and nothing else");
    }
    return true;
  }

  private static long contentLength(Map<String, List<String>> headers) throws WebProblem {
    List<String> lengths = headers.get("content-length");
    if (lengths == null) {
      return 0;
    }
    String length = lengths.get(0);
    if (lengths.size() != 1
        || length.isEmpty()
        || length.length() > 15
        || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new WebProblem(400, "the header Content-Length must be one number");
    }
    return Long.parseLong(length);
  }

  private static boolean isPersistent(Map<String, List<String>> headers, boolean old) {
    String connection =
        String.join(",", headers.getOrDefault("connection", List.of())).toLowerCase(Locale.ROOT);
    return old ? connection.contains("keep-alive") : !connection.contains("close");
  }

  private static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(c ->
                c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || TOKEN.indexOf(c) >= 0);
  }
}
