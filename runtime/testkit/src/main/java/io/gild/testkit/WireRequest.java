package io.gild.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One complete HTTP/1.1 request.
 *
 * @param headers by lower-case name; the last value of a repeated header
 */
record WireRequest(String method, String path, Map<String, String> headers, byte[] body) {

  private static final int LONGEST_LINE = 64 * 1024;
  private static final int LARGEST_BODY = 64 * 1024 * 1024;

  /** Reads the next request of a connection; null if the client has closed it. */
  static @Nullable WireRequest read(InputStream in, Runnable expectContinue) throws IOException {
    String requestLine = line(in);
    if (requestLine == null) {
      return null;
    }
    String[] words = requestLine.split(" ");
    if (words.length != 3) {
      throw new IOException("Not a request line: " + requestLine);
    }
    Map<String, String> headers = headers(in);
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      expectContinue.run();
    }
    return new WireRequest(words[0], withoutQuery(words[1]), headers, body(in, headers));
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  boolean wantsClose() {
    return "close".equalsIgnoreCase(headers.get("connection"));
  }

  private static String withoutQuery(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
      }
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return chunks(in);
    }
    return exactly(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      if (size == null) {
        throw new EOFException("The request ends inside its body");
      }
      int length = Integer.parseInt(size.split(";")[0].trim(), 16);
      if (length == 0) {
        headers(in);
        return body.toByteArray();
      }
      body.write(exactly(in, length));
      line(in);
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    if (length < 0 || length > LARGEST_BODY) {
      throw new IOException("A body of " + length + " bytes is not accepted");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The request ends inside its body");
    }
    return bytes;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.size() == LONGEST_LINE) {
        throw new IOException("A header line is longer than " + LONGEST_LINE + " bytes");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
