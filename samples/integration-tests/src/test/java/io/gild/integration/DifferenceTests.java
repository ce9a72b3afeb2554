package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gild.testkit.StreamEnding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs one program plain, with the agent in {@code observe}, and with it in {@code enforce} under
 * policies that never trigger, against answers of random shapes: everything that the program can
 * see is the same, and Gild's counts equal the provider's.
 */
class DifferenceTests {

  private static final String OBSERVED = "mode: observe\n";

  private static final String ENFORCED =
      """
      mode: enforce
      models:
        retry:
          max-attempts: 3
          wait-duration: 0s
          retry-exceptions: [java.util.zip.ZipException]
        circuit-breaker: {minimum-number-of-calls: 1000000, sliding-window-size: 1000000}
        bulkhead: {max-concurrent-calls: 100000}
        time-limit: {timeout-duration: 10m}
      """;

  private static final String REPEATING =
      "{mode: enforce, models: {retry: {max-attempts: 2, wait-duration: 0s}}}";

  private final List<String> differences = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void programSeesTheSameWithAndWithoutGild(ShapedLibrary library) throws Exception {
    assumeTrue(library.isWanted());
    ShapeRun plain = ShapeRun.plain(library);
    for (String yaml : List.of(OBSERVED, ENFORCED)) {
      ShapeRun governed = ShapeRun.governed(library, yaml);

      Set<String> all = plain.seen().keySet();
      compare(library, yaml, plain.seen(), governed.seen(), all);
      if (library.tellsAllCounts()) {
        Set<String> models = plain.counted().keySet();
        compare(library, yaml, plain.countsOfAnswers(), governed.counted(), models);
      }
      assertThat(governed.threads()).isEqualTo(plain.threads());
      assertThat(governed.left())
          .as("threads and open files, of which a plain run has " + plain.left())
          .matches(left -> left.isLike(plain.left()));
      assertThat(governed.errors()).as("standard error").isEqualTo(plain.errors());
      assertThat(governed.exitCode()).as("exit code").isEqualTo(plain.exitCode());
    }
    assertThat(differences).as("%d differences", differences.size()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void repeatsAStreamWithoutAnyEvent(ShapedLibrary library) throws Exception {
    assumeTrue(library.isWanted());
    ShapeRun enforced = ShapeRun.governed(library, REPEATING, StreamEnding.EMPTY);

    Map<String, String> plain = new TreeMap<>(ShapeRun.plain(library).seen());
    Set<String> all = Set.copyOf(plain.keySet());
    plain.keySet().retainAll(enforced.seen().keySet());
    plain.keySet().removeIf(DifferenceTests::isReadByTheProgram);
    compare(library, REPEATING, plain, enforced.seen(), all);
    assertThat(differences).as("%d differences", differences.size()).isEmpty();
  }

  /** Spring AI's client of Anthropic may signal its end on another thread than the decoder's. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPRING_AI_ANTHROPIC")
  void countsAStreamWithoutItsLastEventAsAFailure(ShapedLibrary library) throws Exception {
    assumeTrue(library.isWanted());
    ShapeRun plain = ShapeRun.plain(library);
    ShapeRun enforced = ShapeRun.governed(library, ENFORCED, StreamEnding.WITHOUT_LAST_EVENT);

    enforced
        .seen()
        .forEach((way, seen) -> {
          boolean streamed = way.contains("stream") || way.contains("push");
          if (streamed && plain.isAnswered(way) && !isReadByTheProgram(way)) {
            assertThat(seen).as(way).contains("TruncatedAnswer");
          }
        });
  }

  /** A caller that reads a raw stream without the library gets unchanged bytes. */
  private static boolean isReadByTheProgram(String way) {
    return way.contains("stream-body");
  }

  private void compare(
      ShapedLibrary library,
      String yaml,
      Map<String, String> expected,
      Map<String, String> found,
      Set<String> all) {
    found.forEach((key, value) -> {
      if (!all.contains(key)) {
        differences.add("%s of %s is too much: %s".formatted(key, library, value));
      }
    });
    expected.forEach((key, value) -> {
      String other = found.get(key);
      if (!value.equals(other)) {
        differences.add(
            "%s of %s differs in %s: -Dgild.difference.library=%s -Dgild.difference.seeds=%s%n"
                    .formatted(
                        key,
                        library,
                        yaml.startsWith(OBSERVED) ? "observe" : "enforce",
                        library,
                        key.substring(key.lastIndexOf('-') + 1))
                + "  without: %s%n  with:    %s"
                    .formatted(around(value, other), around(other, value)));
      }
    });
  }

  /** Shows where a text differs from another one. */
  private static String around(@Nullable String text, @Nullable String other) {
    if (text == null || other == null || ShapeRun.isOfOneSeed()) {
      return String.valueOf(text);
    }
    int at = 0;
    while (at < Math.min(text.length(), other.length()) && text.charAt(at) == other.charAt(at)) {
      at++;
    }
    return "…" + text.substring(Math.max(0, at - 120), Math.min(text.length(), at + 240));
  }
}
