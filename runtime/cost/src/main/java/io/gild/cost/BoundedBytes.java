package io.gild.cost;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Bytes up to a limit; what goes beyond is {@link NotShareable}. Numbers are big-endian. */
final class BoundedBytes extends ByteArrayOutputStream {

  private final int most;

  BoundedBytes(int most) {
    this.most = most;
  }

  @Override
  public synchronized void write(int one) {
    require(1);
    super.write(one);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    require(length);
    super.write(bytes, offset, length);
  }

  private synchronized void require(int more) {
    if (more > most - count) {
      throw new NotShareable("more than " + most + " bytes");
    }
  }

  void bytes(byte[] bytes) {
    number(bytes.length);
    write(bytes, 0, bytes.length);
  }

  void number(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      write(value >>> shift);
    }
  }

  void number(long value) {
    number((int) (value >>> 32));
    number((int) value);
  }

  /** Writes a text that has a valid Unicode form, or whose form matters to no one. */
  void name(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes each character of a text, also halves of surrogate pairs. */
  void characters(String text) {
    number(text.length());
    require(text.length());
    byte[] all = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      all[2 * i] = (byte) (text.charAt(i) >>> 8);
      all[2 * i + 1] = (byte) text.charAt(i);
    }
    write(all, 0, all.length);
  }
}
