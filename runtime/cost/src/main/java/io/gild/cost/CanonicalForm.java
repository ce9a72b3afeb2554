package io.gild.cost;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes values so that two of them have the same bytes in all JVMs only if they are equal. Each
 * part begins with its type and its length.
 */
final class CanonicalForm {

  private static final int MOST = 16 << 20;
  private static final int DEEPEST = 16;

  /** Types whose texts are equal only if the values are. */
  private static final Set<Class<?>> BY_TEXT =
      Set.of(
          UUID.class,
          URI.class,
          Duration.class,
          Period.class,
          Instant.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          OffsetTime.class,
          ZonedDateTime.class,
          Year.class,
          YearMonth.class,
          MonthDay.class,
          DayOfWeek.class,
          Month.class);

  /** Types of numbers, with their letters. */
  private static final Map<Class<?>, Character> NUMBERS =
      Map.of(Byte.class, 'b', Short.class, 's', Integer.class, 'i', Long.class, 'l');

  private final BoundedBytes out;
  private final int depth;

  CanonicalForm() {
    this(0);
  }

  private CanonicalForm(int depth) {
    if (depth > DEEPEST) {
      throw new NotShareable("a value that is nested deeper than " + DEEPEST);
    }
    this.out = new BoundedBytes(MOST);
    this.depth = depth;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  /** Adds a text that is no argument, such as the name of a part. */
  CanonicalForm name(String text) {
    out.write('n');
    out.characters(text);
    return this;
  }

  /**
   * Adds a value.
   *
   * @throws NotShareable if its type has no such form
   */
  CanonicalForm add(@Nullable Object value) {
    if (value == null) {
      out.write('0');
    } else if (value instanceof String text) {
      out.write('t');
      out.characters(text);
    } else if (NUMBERS.containsKey(value.getClass())) {
      out.write(NUMBERS.get(value.getClass()));
      out.number(((Number) value).longValue());
    } else if (!scalar(value)) {
      composite(value);
    }
    return this;
  }

  @SuppressWarnings("JavaUtilDate") // arguments may be dates
  private boolean scalar(Object value) {
    if (value instanceof Boolean truth) {
      out.write(truth ? 'T' : 'F');
    } else if (value instanceof Character character) {
      typed('c', character.toString());
    } else if (value instanceof Double number) {
      out.write('d');
      out.number(Double.doubleToLongBits(number));
    } else if (value instanceof Float number) {
      out.write('f');
      out.number(Float.floatToIntBits(number));
    } else if (value.getClass() == BigInteger.class) {
      out.write('I');
      out.bytes(((BigInteger) value).toByteArray());
    } else if (value.getClass() == BigDecimal.class) {
      out.write('D');
      out.number(((BigDecimal) value).scale());
      out.bytes(((BigDecimal) value).unscaledValue().toByteArray());
    } else if (value instanceof Enum<?> constant) {
      typed('e', constant.getDeclaringClass().getName());
      out.characters(constant.name());
    } else if (value.getClass() == Date.class) {
      out.write('u');
      out.number(((Date) value).getTime());
    } else if (BY_TEXT.contains(value.getClass())) {
      typed('x', value.getClass().getName());
      out.characters(value.toString());
    } else {
      return false;
    }
    return true;
  }

  private void typed(char type, String text) {
    out.write(type);
    out.characters(text);
  }

  private void composite(Object value) {
    Class<?> type = value.getClass();
    if (value instanceof byte[] bytes) {
      out.write('B');
      out.bytes(bytes);
    } else if (type.isArray()) {
      typed('a', type.getName());
      out.number(Array.getLength(value));
      for (int i = 0; i < Array.getLength(value); i++) {
        out.bytes(form(Array.get(value, i)));
      }
    } else if (value instanceof Optional<?> optional) {
      out.write('o');
      out.bytes(form(optional.orElse(null)));
    } else if (!type.getPackageName().equals("java.util")
        || value instanceof java.util.Properties) {
      throw new NotShareable("an object of " + type.getName());
    } else if (value instanceof List<?> list) {
      out.write('L');
      out.number(list.size());
      list.forEach(each -> out.bytes(form(each)));
    } else if (value instanceof Set<?> set) {
      out.write('S');
      parts(set.stream().map(this::form));
    } else if (value instanceof Map<?, ?> map) {
      out.write('M');
      // The form of a key shows where it ends.
      parts(map.entrySet().stream().map(this::entry));
    } else {
      throw new NotShareable("an object of " + type.getName());
    }
  }

  private byte[] form(@Nullable Object value) {
    return new CanonicalForm(depth + 1).add(value).toBytes();
  }

  private byte[] entry(Map.Entry<?, ?> entry) {
    return new CanonicalForm(depth + 1).add(entry.getKey()).add(entry.getValue()).toBytes();
  }

  /** Writes parts that have no order. */
  private void parts(Stream<byte[]> forms) {
    List<byte[]> sorted = forms.sorted(Arrays::compare).toList();
    out.number(sorted.size());
    sorted.forEach(out::bytes);
  }
}
