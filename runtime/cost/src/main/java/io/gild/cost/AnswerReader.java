package io.gild.cost;

import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link AnswerWriter} has written. The bytes may be of any origin: they create nothing
 * but the types that it names there, and no more objects than they have bytes.
 */
final class AnswerReader {

  /**
   * An answer.
   *
   * @param price what it cost; {@code null} if unknown
   */
  record Read(Object value, @Nullable PaidAnswer price) {}

  private final ByteBuffer in;

  private AnswerReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /**
   * Reads an answer.
   *
   * @throws RuntimeException if the bytes are not those of an answer
   */
  static Read read(byte[] bytes) {
    AnswerReader reader = new AnswerReader(bytes);
    PaidAnswer price = reader.price();
    Object value = reader.value(0);
    if (value == null || reader.in.hasRemaining()) {
      throw new NotShareable("it has no value, or bytes after it");
    }
    return new Read(value, price);
  }

  private @Nullable PaidAnswer price() {
    if (in.get() == 0) {
      return null;
    }
    long nanoUsd = in.getLong();
    Object model = value(0);
    long[] tokens = new long[count(Long.BYTES)];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = in.getLong();
    }
    if (nanoUsd < 0) {
      throw new NotShareable("its price is negative");
    }
    // Another version of Gild may know fewer kinds of tokens, or more.
    Usage usage = Usage.ofArray(Arrays.copyOf(tokens, TokenKind.values().length));
    return new PaidAnswer((String) model, usage, nanoUsd);
  }

  private @Nullable Object value(int depth) {
    char type = (char) in.get();
    return switch (type) {
      case '0' -> null;
      case 't' -> new String(bytes(), StandardCharsets.UTF_8);
      case 'C' -> characters();
      case 'T' -> true;
      case 'F' -> false;
      case 'i' -> Math.toIntExact(in.getLong());
      case 'l' -> in.getLong();
      case 'd' -> Double.longBitsToDouble(in.getLong());
      case 'f' -> Float.intBitsToFloat(Math.toIntExact(in.getLong()));
      case 's' -> (short) in.getLong();
      case 'b' -> (byte) in.getLong();
      case 'c' -> (char) in.getLong();
      case 'I' -> new BigInteger(bytes());
      case 'D' -> decimal();
      default -> composite(type, depth);
    };
  }

  private Object composite(char letter, int depth) {
    Composite type = Composite.of(letter);
    if (type == null || depth >= AnswerWriter.DEEPEST) {
      throw new NotShareable("it has a part of an unknown type");
    }
    int count = count(type.isMap() ? 2 : 1) * (type.isMap() ? 2 : 1);
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(value(depth + 1));
    }
    return type.make(elements);
  }

  private BigDecimal decimal() {
    int scale = Math.toIntExact(in.getLong());
    return new BigDecimal(new BigInteger(bytes()), scale);
  }

  private byte[] bytes() {
    byte[] bytes = new byte[count(1)];
    in.get(bytes);
    return bytes;
  }

  private String characters() {
    char[] all = new char[count(Character.BYTES)];
    for (int i = 0; i < all.length; i++) {
      all[i] = in.getChar();
    }
    return new String(all);
  }

  /** Reads a number of parts that have at least some bytes each. */
  private int count(int bytesEach) {
    return Objects.checkIndex(in.getInt(), in.remaining() / bytesEach + 1);
  }
}
