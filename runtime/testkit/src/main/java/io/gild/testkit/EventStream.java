package io.gild.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Amazon's event streams: binary messages of headers and a payload, each with two checksums. A
 * message is a text in which each character is one byte.
 */
final class EventStream {

  private static final byte STRING = 7;

  /** Lengths of the message and of its headers, and their checksum. */
  private static final int PRELUDE = 12;

  private static final int CHECKSUM = 4;

  private EventStream() {}

  /** Writes an event whose payload is JSON. */
  static String event(String type, String json) {
    byte[] headers =
        headers(
            Map.of(
                ":message-type", "event",
                ":event-type", type,
                ":content-type", "application/json"));
    byte[] payload = json.getBytes(StandardCharsets.UTF_8);
    int length = PRELUDE + headers.length + payload.length + CHECKSUM;
    ByteBuffer message = ByteBuffer.allocate(length);
    message.putInt(length).putInt(headers.length);
    message.putInt(checksum(message));
    message.put(headers).put(payload);
    message.putInt(checksum(message));
    return new String(message.array(), StandardCharsets.ISO_8859_1);
  }

  private static int checksum(ByteBuffer written) {
    CRC32 sum = new CRC32();
    sum.update(written.duplicate().flip());
    return (int) sum.getValue();
  }

  private static byte[] headers(Map<String, String> headers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    headers.forEach((name, value) -> {
      out.write(name.length());
      out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
      out.write(STRING);
      out.write(value.length() >> 8);
      out.write(value.length());
      out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    });
    return out.toByteArray();
  }
}
