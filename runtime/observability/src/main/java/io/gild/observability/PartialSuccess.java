package io.gild.observability;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a collector left out of a request that it accepted, as OTLP's responses report it.
 *
 * @param rejected how many spans or data points
 * @param message the collector's reason; may be empty
 */
record PartialSuccess(long rejected, String message) {

  private static final PartialSuccess NONE = new PartialSuccess(0, "");

  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int BYTES = 2;
  private static final int FOUR_BYTES = 5;
  private static final int MOST_BITS = 64;

  /** Reads the body of a response; one that is not of OTLP reports nothing. */
  static PartialSuccess of(byte[] body) {
    PartialSuccess read = NONE;
    try {
      ByteBuffer in = ByteBuffer.wrap(body);
      while (in.hasRemaining()) {
        long tag = varint(in);
        if (tag == (1 << 3 | BYTES)) {
          read = details(part(in));
        } else {
          skip(in, tag);
        }
      }
      return read;
    } catch (BufferUnderflowException | IllegalArgumentException notOfOtlp) {
      return NONE;
    }
  }

  private static PartialSuccess details(ByteBuffer in) {
    long rejected = 0;
    String message = "";
    while (in.hasRemaining()) {
      long tag = varint(in);
      if (tag == (1 << 3 | VARINT)) {
        rejected = varint(in);
      } else if (tag == (2 << 3 | BYTES)) {
        message = StandardCharsets.UTF_8.decode(part(in)).toString();
      } else {
        skip(in, tag);
      }
    }
    return new PartialSuccess(Math.max(0, rejected), message);
  }

  private static void skip(ByteBuffer in, long tag) {
    switch ((int) (tag & 7)) {
      case VARINT -> varint(in);
      case EIGHT_BYTES -> in.getLong();
      case BYTES -> part(in);
      case FOUR_BYTES -> in.getInt();
      default -> throw new IllegalArgumentException("no such wire type: " + (tag & 7));
    }
  }

  private static ByteBuffer part(ByteBuffer in) {
    long length = varint(in);
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a part of " + length + " bytes");
    }
    ByteBuffer part = in.slice().limit((int) length);
    in.position(in.position() + (int) length);
    return part;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < MOST_BITS; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }
}
