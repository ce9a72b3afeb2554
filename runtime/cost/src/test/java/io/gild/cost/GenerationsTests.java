package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.cost.spi.AnswerStore;
import io.gild.cost.spi.StoredAnswer;
import io.gild.testkit.ManualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GenerationsTests {

  private static final List<String> SCOPES = List.of(Generations.ALL, "method", "tag");

  private final ManualClock clock = ManualClock.create();
  private final Store store = new Store();
  private final Generations generations = new Generations(store, clock, AnswerKey.none());
  private final Generations other = new Generations(store, clock, AnswerKey.none());

  @Test
  void readsEachGenerationOnceASecond() {
    String first = generations.of(SCOPES);
    for (int i = 0; i < 9; i++) {
      clock.advance(Duration.ofMillis(100));
      assertThat(generations.of(SCOPES)).isEqualTo(first);
    }
    assertThat(store.reads).isEqualTo(3);
    clock.advance(Duration.ofMillis(100));
    assertThat(generations.of(SCOPES)).isEqualTo(first);
    assertThat(store.reads).isEqualTo(6);
  }

  @Test
  void seesWhatAnotherJvmRenewsAfterASecond() {
    String first = generations.of(SCOPES);
    other.renew(List.of("tag"));
    assertThat(other.of(SCOPES)).isNotEqualTo(first);
    assertThat(generations.of(SCOPES)).isEqualTo(first);

    clock.advance(Duration.ofSeconds(1));

    assertThat(generations.of(SCOPES)).isNotEqualTo(first).isEqualTo(other.of(SCOPES));
  }

  @Test
  void keepsWhatItKnowsWhileTheStoreIsAway() {
    String first = generations.of(SCOPES);
    store.away = true;
    clock.advance(Duration.ofHours(1));

    assertThat(generations.of(SCOPES)).isEqualTo(first);
    assertThat(other.of(SCOPES)).isNull();
  }

  @Test
  void renewsAfterAnOutageBeforeAnythingElse() {
    String first = generations.of(SCOPES);
    store.away = true;
    assertThat(generations.renew(List.of("tag"))).isFalse();
    assertThat(generations.of(SCOPES)).as("what is valid is unknown").isNull();
    store.away = false;

    assertThat(generations.of(SCOPES)).isNotNull().isNotEqualTo(first);
    assertThat(other.of(SCOPES)).isEqualTo(generations.of(SCOPES));
    assertThat(other.of(List.of(Generations.ALL, "method")))
        .as("of other scopes")
        .isEqualTo(generations.of(List.of(Generations.ALL, "method")));
  }

  @Test
  void renewsEverythingAfterAnOutageWithTooManyChanges() {
    String everything = generations.of(List.of(Generations.ALL));
    store.away = true;
    generations.renew(IntStream.range(0, 5_000).mapToObj(i -> "tag " + i).toList());
    store.away = false;

    assertThat(generations.of(List.of(Generations.ALL))).isNotNull().isNotEqualTo(everything);
    assertThat(store.renewed).isLessThan(2_000);
  }

  private static final class Store implements AnswerStore {

    private final Map<String, String> all = new HashMap<>();
    private boolean away;
    private int reads;
    private int renewed;

    @Override
    public @Nullable String generation(String scope) {
      reads++;
      return away ? null : all.computeIfAbsent(scope, same -> "first of " + scope);
    }

    @Override
    public @Nullable String renew(String scope) {
      if (away) {
        return null;
      }
      String next = "next " + ++renewed;
      all.put(scope, next);
      return next;
    }

    @Override
    public @Nullable StoredAnswer get(String partition, String key) {
      return null;
    }

    @Override
    public void put(String partition, String key, byte[] content, Duration ttl) {}

    @Override
    public void close() {}
  }
}
