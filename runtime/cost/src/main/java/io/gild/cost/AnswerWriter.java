package io.gild.cost;

import io.gild.core.StreamedAnswer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers for other JVMs: texts, truth values, numbers, the JDK's usual collections of
 * these, and streams of them. {@link AnswerReader} returns values of the same types.
 */
final class AnswerWriter {

  /** Composites that are nested deeper than this are not shared, cycles among them. */
  static final int DEEPEST = 16;

  private final BoundedBytes out;

  private AnswerWriter(int most) {
    this.out = new BoundedBytes(most);
  }

  /**
   * Writes an answer with its price.
   *
   * @param most bytes
   * @throws NotShareable if it has a value of another type, or is longer
   */
  static byte[] write(Object answer, @Nullable PaidAnswer price, int most) {
    AnswerWriter writer = new AnswerWriter(most);
    writer.price(price);
    writer.value(answer, 0);
    return writer.out.toByteArray();
  }

  private void price(@Nullable PaidAnswer price) {
    out.write(price == null ? 0 : 1);
    if (price == null) {
      return;
    }
    out.number(price.nanoUsd());
    value(price.model(), 0);
    long[] tokens = price.usage().toArray();
    out.number(tokens.length);
    for (long each : tokens) {
      out.number(each);
    }
  }

  private void value(@Nullable Object value, int depth) {
    if (value == null) {
      out.write('0');
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof Boolean truth) {
      out.write(truth ? 'T' : 'F');
    } else if (!number(value)) {
      composite(value, depth);
    }
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (new String(bytes, StandardCharsets.UTF_8).equals(text)) {
      out.write('t');
      out.bytes(bytes);
    } else {
      out.write('C'); // half of a surrogate pair has no UTF-8
      out.characters(text);
    }
  }

  private boolean number(Object value) {
    Class<?> type = value.getClass();
    if (type == Integer.class) {
      typed('i', (Integer) value);
    } else if (type == Long.class) {
      typed('l', (Long) value);
    } else if (type == Double.class) {
      typed('d', Double.doubleToRawLongBits((Double) value));
    } else if (type == Float.class) {
      typed('f', Float.floatToRawIntBits((Float) value));
    } else if (type == Short.class) {
      typed('s', (Short) value);
    } else if (type == Byte.class) {
      typed('b', (Byte) value);
    } else if (type == Character.class) {
      typed('c', (Character) value);
    } else if (type == BigInteger.class) {
      out.write('I');
      out.bytes(((BigInteger) value).toByteArray());
    } else if (type == BigDecimal.class) {
      typed('D', ((BigDecimal) value).scale());
      out.bytes(((BigDecimal) value).unscaledValue().toByteArray());
    } else {
      return false;
    }
    return true;
  }

  private void typed(char type, long number) {
    out.write(type);
    out.number(number);
  }

  private void composite(Object value, int depth) {
    if (depth >= DEEPEST) {
      throw new NotShareable("a value that is nested deeper than " + DEEPEST);
    }
    Composite type = Composite.of(value);
    if (type == null || isCompared(value)) {
      throw new NotShareable("an object of " + value.getClass().getName());
    }
    out.write(type.letter());
    if (value instanceof StreamedAnswer streamed) {
      elements(streamed.elements(), depth);
    } else if (value instanceof Collection<?> collection) {
      elements(collection, depth);
    } else {
      Map<?, ?> map = (Map<?, ?>) value;
      out.number(map.size());
      map.forEach((key, each) -> {
        value(key, depth + 1);
        value(each, depth + 1);
      });
    }
  }

  /** Returns whether an order of the application's own sorts a collection. */
  private static boolean isCompared(Object value) {
    return value instanceof SortedSet<?> set && set.comparator() != null
        || value instanceof SortedMap<?, ?> map && map.comparator() != null;
  }

  private void elements(Collection<?> elements, int depth) {
    out.number(elements.size());
    elements.forEach(each -> value(each, depth + 1));
  }
}
