package io.gild.integration;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A message in protocol buffers, read without a schema; numbers are skipped, except those of eight
 * bytes.
 */
final class ProtoMessage {

  private final Map<Integer, List<byte[]>> fields = new HashMap<>();

  ProtoMessage(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long tag = varint(in);
      switch ((int) (tag & 7)) {
        case 0 -> varint(in);
        case 1 -> keep((int) (tag >>> 3), in, 8);
        case 2 -> keep((int) (tag >>> 3), in, (int) varint(in));
        case 5 -> in.getInt();
        default -> throw new IllegalArgumentException("no such wire type: " + (tag & 7));
      }
    }
  }

  private void keep(int field, ByteBuffer in, int length) {
    byte[] value = new byte[length];
    in.get(value);
    fields.computeIfAbsent(field, number -> new ArrayList<>()).add(value);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  List<ProtoMessage> messages(int field) {
    return fields.getOrDefault(field, List.of()).stream().map(ProtoMessage::new).toList();
  }

  byte[] bytes(int field) {
    List<byte[]> values = fields.getOrDefault(field, List.of());
    return values.isEmpty() ? new byte[0] : values.get(values.size() - 1);
  }

  String text(int field) {
    return new String(bytes(field), StandardCharsets.UTF_8);
  }

  /** Returns a number of eight bytes that has no point; 0 if there is none. */
  long integer(int field) {
    byte[] value = bytes(field);
    return value.length == 0 ? 0 : ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** Returns a number of eight bytes that may have a point; 0 if there is none. */
  double number(int field) {
    return Double.longBitsToDouble(integer(field));
  }
}
