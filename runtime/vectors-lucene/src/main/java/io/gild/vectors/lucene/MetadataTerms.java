package io.gild.vectors.lucene;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.lucene.util.BytesRef;

/**
 * The terms of metadata. A term is the hash of the key, the kind of the value, and the value: a
 * hash of a text, or a number in bytes that have the order of the numbers, of any precision.
 */
final class MetadataTerms {

  /** The field of all terms. */
  static final String FIELD = "metadata";

  static final int MAX_DIGITS = 32_000;

  /** Length of the longest term that Lucene stores, less what surrounds the digits. */
  static final int MAX_LENGTH = MAX_DIGITS + 64;

  private static final int NEGATIVE = 1;
  private static final int ZERO = 2;
  private static final int POSITIVE = 3;

  private MetadataTerms() {}

  /** Returns the field of the points near the numbers of a key. */
  static String pointField(String key) {
    return "number." + TextHashes.name(key);
  }

  /** Returns the term of a text, a boolean or a number without zeros at its end. */
  static BytesRef term(String key, Object value) {
    ByteArrayOutputStream term = new ByteArrayOutputStream();
    term.writeBytes(TextHashes.of(key));
    if (value instanceof BigDecimal number) {
      term.write('n');
      write(number, term);
    } else if (value instanceof Boolean) {
      term.write('b');
      term.write(value.equals(true) ? 1 : 0);
    } else {
      term.write('t');
      term.writeBytes(TextHashes.of(value.toString()));
    }
    return new BytesRef(term.toByteArray());
  }

  /** Returns the terms below and above those of all numbers of a key. */
  static BytesRef before(String key) {
    return bound(key, 0);
  }

  static BytesRef after(String key) {
    return bound(key, POSITIVE + 1);
  }

  private static BytesRef bound(String key, int sign) {
    ByteArrayOutputStream term = new ByteArrayOutputStream();
    term.writeBytes(TextHashes.of(key));
    term.write('n');
    term.write(sign);
    return new BytesRef(term.toByteArray());
  }

  /**
   * Writes the sign, the power of ten of the first digit, and the digits. Those of a negative
   * number are inverted, and ended by the highest byte, because a number of more digits is smaller.
   */
  private static void write(BigDecimal number, ByteArrayOutputStream out) {
    if (number.signum() == 0) {
      out.write(ZERO);
      return;
    }
    long exponent = (long) number.precision() - number.scale();
    byte[] digits = number.unscaledValue().abs().toString().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + digits.length + 1);
    bytes.putLong(exponent ^ Long.MIN_VALUE).put(digits).put((byte) 0);
    boolean negative = number.signum() < 0;
    out.write(negative ? NEGATIVE : POSITIVE);
    for (byte each : bytes.array()) {
      out.write(negative ? ~each : each);
    }
  }
}
