package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalFormTests {

  private static String form(Object... values) {
    CanonicalForm form = new CanonicalForm();
    for (Object each : values) {
      form.add(each);
    }
    return HexFormat.of().formatHex(form.toBytes());
  }

  @Test
  void keepsAllValuesApartThatDiffer() {
    List<Object> values = new ArrayList<>();
    values.addAll(
        List.of("", "a", "b", "0", "null", "t", "true", "1", "\u0000", "a\u0000", "\ud800"));
    values.addAll(List.of("\udc00", "?", "\ufffd", "é", "e\u0301", List.of("\ud800", "\udc00")));
    values.addAll(List.of(true, false, 'a', '1', (byte) 1, (short) 1, 1, 1L, 1f, 1d, 0d, -0d));
    values.addAll(List.of(Double.NaN, Float.NaN, BigInteger.ONE, BigDecimal.ONE));
    values.addAll(List.of(new BigDecimal("1.0"), new BigDecimal("10"), new BigDecimal("1E1")));
    values.addAll(
        List.of(TimeUnit.DAYS, TimeUnit.HOURS, "DAYS", new Date(1), Instant.ofEpochMilli(1)));
    values.addAll(
        List.of(LocalDate.EPOCH, "1970-01-01", new UUID(0, 1), new UUID(0, 1).toString()));
    values.addAll(
        List.of(List.of(), Set.of(), Map.of(), Optional.empty(), new int[0], new long[0]));
    values.addAll(List.of(List.of("a"), Set.of("a"), Optional.of("a"), new String[] {"a"}));
    values.addAll(List.of(List.of("a", "b"), List.of("b", "a"), List.of("ab"), List.of("", "ab")));
    values.addAll(List.of(List.of(List.of("a"), "b"), List.of(List.of("a", "b"))));
    values.addAll(List.of(Map.of("a", "b"), Map.of("b", "a"), Map.of("a", List.of("b"))));
    values.addAll(List.of(new byte[] {1}, new int[] {1}, new Object[] {1}, new byte[] {1, 0}));
    values.addAll(Arrays.asList(null, Collections.singletonList(null), new Object[] {null}));

    Map<String, Object> seen = new HashMap<>();
    for (Object each : values) {
      Object same = seen.put(form(each), each);
      assertThat(same).as("%s and %s", same, each).isNull();
    }
    assertThat(seen).hasSize(values.size());
  }

  @Test
  void isTheSameForValuesThatAreEqual() {
    List<String> words = List.of("x", "y", "z", "Aa", "BB");
    List<String> reversed = new ArrayList<>(words);
    Collections.reverse(reversed);
    Map<String, Integer> forward = new LinkedHashMap<>();
    words.forEach(each -> forward.put(each, each.length()));
    Map<String, Integer> backward = new LinkedHashMap<>();
    reversed.forEach(each -> backward.put(each, each.length()));

    assertThat(form(new LinkedHashSet<>(words)))
        .isEqualTo(form(new LinkedHashSet<>(reversed)))
        .isEqualTo(form(new HashSet<>(words)))
        .isEqualTo(form(new TreeSet<>(words)))
        .isEqualTo(form(Set.copyOf(words)));
    assertThat(form(forward)).isEqualTo(form(backward)).isEqualTo(form(Map.copyOf(forward)));
    assertThat(form(words)).isEqualTo(form(new ArrayList<>(words)));
    assertThat(form((Object) new int[] {1, 2})).isEqualTo(form((Object) new int[] {1, 2}));
  }

  @Test
  void showsWhereEachPartEnds() {
    assertThat(form("a", "b")).isNotEqualTo(form("ab", "")).isNotEqualTo(form("ab"));
    assertThat(form("a", null)).isNotEqualTo(form("a"));
    assertThat(form("a\",\"b")).isNotEqualTo(form("a", "b"));
    assertThat(form(List.of("a"), "b")).isNotEqualTo(form(List.of("a", "b")));
    assertThat(new CanonicalForm().name("a").toBytes())
        .isNotEqualTo(new CanonicalForm().add("a").toBytes());
  }

  /** No sequence of values is written as the beginning of another one, unless it is one. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void keepsRandomSequencesApart(long seed) {
    Random random = new Random(seed);
    Map<String, List<Object>> seen = new HashMap<>();
    for (int i = 0; i < 4_000; i++) {
      List<Object> values = list(random, 0);
      List<Object> same = seen.putIfAbsent(form(values.toArray()), values);
      if (same != null) {
        assertThat(Objects.deepEquals(same, values)).as("%s and %s", same, values).isTrue();
      }
    }
    assertThat(seen).hasSizeGreaterThan(1_000);
  }

  private static List<Object> list(Random random, int depth) {
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(value(random, depth));
    }
    return values;
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 2 ? 6 : 9)) {
      case 0 -> null;
      case 1 -> random.nextInt(2);
      case 2 -> (long) random.nextInt(2);
      case 3 -> random.nextBoolean();
      case 4, 5 -> text(random);
      case 6 -> list(random, depth + 1);
      case 7 -> new LinkedHashSet<>(list(random, depth + 1));
      default -> new HashMap<>(Map.of(text(random), list(random, depth + 1)));
    };
  }

  private static String text(Random random) {
    String letters = "t0L\u0000\u0001a:";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(3); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private record Order(String number) {}

  @Test
  void rejectsWhatHasNoSuchForm() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    List<Object> own = new ArrayList<>() {};
    List<Object> invalid =
        List.of(new Order("1"), List.of(new Order("1")), new Object[] {new Order("1")}, cycle, own);
    for (Object each : invalid) {
      assertThatThrownBy(() -> form(each)).isInstanceOf(NotShareable.class);
    }
    assertThatThrownBy(() -> form("x".repeat(20 << 20))).isInstanceOf(NotShareable.class);
  }
}
