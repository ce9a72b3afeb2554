package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.StreamedAnswer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Answers come out of the shared store as they went in. */
class AnswerFormTests {

  private static final int MOST = 1 << 16;

  private static Object copy(Object value) {
    return AnswerReader.read(AnswerWriter.write(value, null, MOST)).value();
  }

  @Test
  void returnsTheSameTypesAndValues() {
    Map<String, Object> ordered = new LinkedHashMap<>();
    ordered.put("z", 1);
    ordered.put("a", List.of(2L, "b"));
    ordered.put(null, null);
    List<Object> values =
        List.of(
            "",
            "text",
            "\ud83d\ude00",
            "\ud800",
            true,
            false,
            1,
            -1,
            Integer.MIN_VALUE,
            1L,
            Long.MAX_VALUE,
            1.5,
            -0.0,
            Double.NaN,
            1.5f,
            Float.NEGATIVE_INFINITY,
            (short) -2,
            (byte) -3,
            'x',
            BigInteger.TEN.pow(40),
            new BigDecimal("-1.500"),
            new ArrayList<>(Arrays.asList("a", null, 1)),
            new LinkedList<>(List.of("a")),
            List.of(),
            List.of(1),
            List.of(1, 2),
            List.of(1, 2, 3),
            Stream.of("a", null, "b").toList(),
            new HashSet<>(List.of(1, 2)),
            new LinkedHashSet<>(List.of("z", "a")),
            new TreeSet<>(List.of("z", "a")),
            Set.of(),
            Set.of(1),
            Set.of(1, 2, 3),
            new HashMap<>(Map.of("a", 1)),
            ordered,
            new TreeMap<>(Map.of("b", 1, "a", 2)),
            Map.of(),
            Map.of("a", 1),
            Map.of("a", List.of(Map.of("b", Set.of(1L)))),
            new StreamedAnswer(List.of("a", "b")));
    for (Object each : values) {
      Object read = copy(each);
      assertThat(read).isEqualTo(each);
      assertThat(read.getClass()).as("%s", each).isEqualTo(each.getClass());
      assertThat(read.toString())
          .as("order")
          .satisfies(text -> {
            if (!each.getClass().getName().contains("ImmutableCollections")) {
              assertThat(text).isEqualTo(each.toString());
            }
          });
    }
    assertThat(copy(Arrays.asList("a", "b")))
        .isEqualTo(List.of("a", "b"))
        .isInstanceOf(ArrayList.class);
  }

  @Test
  void keepsThePrice() {
    Usage usage = Usage.of(1_000, 80).with(TokenKind.CACHED_INPUT, 600);
    PaidAnswer price = new PaidAnswer("gpt-4o", usage, 123_456);

    assertThat(AnswerReader.read(AnswerWriter.write("a", price, MOST)).price()).isEqualTo(price);
    PaidAnswer nameless = new PaidAnswer(null, Usage.NONE, 1);
    assertThat(AnswerReader.read(AnswerWriter.write("a", nameless, MOST)).price())
        .isEqualTo(nameless);
  }

  private record Order(String number) {}

  @Test
  void rejectsOtherTypes() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    List<Object> invalid =
        List.of(
            new Order("1"),
            TimeUnit.DAYS,
            List.of(new Order("1")),
            Map.of("a", new Order("1")),
            new int[] {1},
            Collections.unmodifiableList(new ArrayList<>()),
            cycle,
            new ArrayList<>() {},
            new StringBuilder("a"),
            List.of(1, 2, 3, 4).subList(1, 3),
            new TreeSet<>(String.CASE_INSENSITIVE_ORDER),
            new TreeMap<>(Collections.reverseOrder()));
    for (Object each : invalid) {
      assertThatThrownBy(() -> copy(each))
          .as("%s", each.getClass())
          .isInstanceOf(NotShareable.class);
    }
  }

  @Test
  void rejectsAnAnswerThatIsTooLong() {
    assertThat(AnswerWriter.write("x".repeat(94), null, 100)).hasSize(100);
    assertThatThrownBy(() -> AnswerWriter.write("x".repeat(95), null, 100))
        .isInstanceOf(NotShareable.class)
        .hasMessageContaining("100 bytes");
  }

  @Test
  void rejectsEveryTruncatedAnswer() {
    PaidAnswer price = new PaidAnswer("gpt-4o", Usage.of(1, 2), 3);
    byte[] whole = AnswerWriter.write(List.of("a", Map.of("b", 1.5)), price, MOST);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> AnswerReader.read(part)).isInstanceOf(RuntimeException.class);
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> AnswerReader.read(longer)).isInstanceOf(NotShareable.class);
  }

  /** Bytes of any origin end in an answer or an exception, and never in an error. */
  @Test
  void survivesRandomBytes() {
    Random random = new Random(5);
    byte[] whole =
        AnswerWriter.write(
            List.of("a", new TreeMap<>(Map.of("b", 1.5)), Set.of(1L, 2L), new HashSet<>(Set.of(1))),
            new PaidAnswer("gpt-4o", Usage.of(1, 2), 3),
            MOST);
    int rejected = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] changed = whole.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(AnswerReader.read(changed).value()).isNotNull();
      } catch (RuntimeException invalid) {
        rejected++;
      }
    }
    assertThat(rejected).isGreaterThan(1_000);
  }
}
