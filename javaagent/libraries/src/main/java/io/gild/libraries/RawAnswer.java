package io.gild.libraries;

import io.gild.weaver.Foreign;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response of a generated client that was read completely, so that its tokens are known and
 * several callers can get it: each may read the body, parse it, or both.
 */
final class RawAnswer {

  private final RawService service;
  private final int status;
  private final Object headers;
  private final Optional<?> requestId;
  private final byte[] body;

  /** Why the body could not be read to its end. */
  private final @Nullable IOException broken;

  private final @Nullable Object parsed;

  /** The exception of the library when it parsed the body. */
  private final @Nullable Throwable unparsed;

  private RawAnswer(
      RawService service,
      int status,
      Object headers,
      Optional<?> requestId,
      byte[] body,
      @Nullable IOException broken,
      @Nullable Object known) {
    this.service = service;
    this.status = status;
    this.headers = headers;
    this.requestId = requestId;
    this.body = body;
    this.broken = broken;
    Object read = known;
    Throwable failure = null;
    if (known == null) {
      try {
        read = service.parse(this::part);
      } catch (Throwable thrown) {
        failure = thrown;
      }
    }
    this.parsed = read;
    this.unparsed = failure;
  }

  /** Reads a response of the library. */
  static RawAnswer read(RawService service, Object response) throws Throwable {
    byte[] body = {};
    IOException broken = null;
    try (InputStream in = (InputStream) Foreign.call(response, "body")) {
      body = readAll(in);
    } catch (Unfinished unfinished) {
      body = unfinished.read;
      broken = unfinished.cause;
    } catch (IOException unclosed) {
      broken = unclosed;
    }
    RawAnswer answer =
        new RawAnswer(
            service,
            (Integer) Foreign.call(response, "statusCode"),
            Foreign.call(response, "headers"),
            Optional.ofNullable(Foreign.read(response, "requestId")),
            body,
            broken,
            null);
    Foreign.call(response, "close");
    return answer;
  }

  private static byte[] readAll(InputStream in) throws Unfinished {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      in.transferTo(bytes);
    } catch (IOException broken) {
      throw new Unfinished(bytes.toByteArray(), broken);
    }
    return bytes.toByteArray();
  }

  /** A body that was cut off. */
  private static final class Unfinished extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient byte[] read;
    private final IOException cause;

    Unfinished(byte[] read, IOException cause) {
      super(cause);
      this.read = read;
      this.cause = cause;
    }
  }

  /** Makes a response from the answer of a policy or a replay. */
  static RawAnswer of(RawService service, Object answer) throws Throwable {
    return new RawAnswer(
        service,
        200,
        service.noHeaders(),
        Optional.empty(),
        service.json(answer).getBytes(StandardCharsets.UTF_8),
        null,
        answer);
  }

  /** Returns the parsed answer; null if the library could not parse it. */
  @Nullable Object parsed() {
    return parsed;
  }

  /** Returns why there is no parsed answer; null if there is one. */
  @Nullable Throwable failure() {
    return unparsed;
  }

  /** Makes a response for one caller. */
  Object response() {
    return service.proxy(service.responseType(), (proxy, method, arguments) -> answer(method));
  }

  private @Nullable Object answer(Method method) throws Throwable {
    if (method.getName().equals("parse")) {
      if (unparsed != null) {
        throw unparsed;
      }
      return service.validated(parsed);
    }
    return part(method);
  }

  private @Nullable Object part(Method method) {
    return switch (method.getName()) {
      case "statusCode" -> status;
      case "headers" -> headers;
      case "requestId" -> requestId;
      case "body" -> stream();
      default -> null;
    };
  }

  private InputStream stream() {
    InputStream whole = new ByteArrayInputStream(body);
    IOException end = broken;
    if (end == null) {
      return whole;
    }
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw end;
          }

          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            throw end;
          }
        };
    return new SequenceInputStream(Collections.enumeration(List.of(whole, failing)));
  }
}
