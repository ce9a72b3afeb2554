package io.gild.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Results;
import io.gild.core.GildRuntime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The caller of a woven method gets its result, unless a policy acts. */
class ResultsTests {

  private static final String OBSERVED =
      """
      mode: observe
      agents:
        - {match: "com.acme.Results#*", name: results, retry: {max-attempts: 3, wait-duration: 0s}}
      """;

  private static final String ENFORCED = OBSERVED.replace("observe", "enforce");

  private final Results results = new Results();

  @Test
  void areTheSameObjectsInObserve() {
    try (Woven woven = Woven.with(OBSERVED)) {
      CompletableFuture<String> future = new Results.OwnFuture();
      Iterator<String> iterator = List.of("a").listIterator();
      Stream<String> stream = Stream.of("a").parallel();

      assertThat(results.future(future)).isSameAs(future);
      assertThat(results.stage(future)).isSameAs(future);
      assertThat(results.iterator(iterator) == iterator).isTrue();
      assertThat(results.stream(stream) == stream).isTrue();
      assertThat(GildRuntime.global().methods()).hasSize(4);
      future.complete("a");
      assertThat(woven.log()).noneMatch(line -> line.contains("steps aside"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OBSERVED, "enforce"})
  void keepNullAndImmediateExceptions(String yaml) {
    try (Woven woven = Woven.with(yaml.equals("enforce") ? ENFORCED : yaml)) {
      assertThat(results.future(null)).isNull();
      assertThat(results.stage(null)).isNull();
      assertThat((Object) results.iterator(null)).isNull();
      assertThat((Object) results.stream(null)).isNull();
      assertThatThrownBy(results::refused)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("refused at once");
      assertThat(woven.log()).noneMatch(line -> line.contains("steps aside"));
    }
  }

  @Test
  void workLikeTheOriginalsIfAPolicyActs() {
    try (Woven woven = Woven.with(ENFORCED)) {
      Results.OwnFuture running = new Results.OwnFuture();
      assertThat(results.future(running)).isInstanceOf(Results.OwnFuture.class);
      Results.OwnFuture completed = new Results.OwnFuture();
      completed.complete("a");
      assertThat(results.future(completed)).isSameAs(completed);
      List<String> list = new ArrayList<>(List.of("a"));
      Iterator<String> iterator = results.iterator(list.iterator());
      iterator.next();
      iterator.remove();
      assertThat(list).isEmpty();
      assertThat(results.stream(Stream.of("a").parallel()).isParallel()).isTrue();
      assertThat(woven.log()).noneMatch(line -> line.contains("steps aside"));
    }
  }
}
