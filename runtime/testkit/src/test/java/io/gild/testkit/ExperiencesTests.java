package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gild.memory.EmbeddedMemoryStore;
import io.gild.memory.Experiences;
import io.gild.memory.FinishedTask;
import io.gild.memory.Memories;
import io.gild.memory.MemoryOwner;
import io.gild.memory.MemorySource;
import io.gild.memory.RecallQuery;
import io.gild.vectors.Bm25;
import io.gild.vectors.Bm25Index;
import io.gild.vectors.FlatVectorIndex;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperiencesTests {

  private static final MemoryOwner OWNER = new MemoryOwner("acme", "support", "");

  private final ManualClock clock = ManualClock.create();
  private final Memories memories =
      Memories.builder(
              new EmbeddedMemoryStore(
                  new Bm25Index(Bm25.MESSAGES), new FlatVectorIndex(MemoryStoreContract.SPACE)),
              MemoryStoreContract.EMBEDDER)
          .clock(clock)
          .build();
  private final Experiences experiences = new Experiences(memories, 20);

  @Test
  void keepsWhatATaskWas() {
    FinishedTask kept =
        experiences.record(
            OWNER,
            "Refund an order",
            "Done.",
            List.of("find", "refund"),
            1,
            new BigDecimal("0.0125"),
            Duration.ofMillis(1_500),
            new MemorySource("s1", "", "c1"));
    assertThat(experiences.get("acme", kept.id())).contains(kept);
    assertThat(kept.tools()).containsExactly("find", "refund");
    assertThat(kept.cost()).isEqualByComparingTo("0.0125");
    assertThat(kept.latency()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(kept.at()).isEqualTo(clock.now());
    assertThat(kept.text())
        .isEqualTo("Worked before. Task: Refund an order\nTools: find, refund\nAnswer: Done.");
    assertThat(memories.recall(new RecallQuery("Refund an order").tenant("acme").anyone()))
        .isEmpty();
  }

  @Test
  void findsAFailureOfAnAgentThatSeldomFailsBeforeItsSuccesses() {
    for (int i = 0; i < 10; i++) {
      task("refund order number " + i, 1);
    }
    FinishedTask failure = task("refund order number 10", 0);
    assertThat(failure.priority()).isEqualTo(1);
    assertThat(experiences.useful(OWNER, "refund order", 3).get(0).experience()).isEqualTo(failure);
    FinishedTask unclear = task("refund order number 11", 0.5);
    assertThat(experiences.useful(OWNER, "refund order number 11", 20))
        .extracting(each -> each.experience().id())
        .doesNotContain(unclear.id());
    assertThat(experiences.useful(new MemoryOwner("other", "support", ""), "refund order", 3))
        .isEmpty();
  }

  @Test
  void countsWhatATaskCostBeyondTheMean() {
    record("one", 1, "1.00", 100);
    assertThat(record("two", 1, "1.50", 100).score()).isCloseTo(0.95, within(1e-9));
    assertThat(record("three", 1, "9.00", 900).score()).isCloseTo(0.8, within(1e-9));
    assertThat(record("four", 1, "0.10", 10).score()).isEqualTo(1);
    assertThat(record("five", 0, "9.00", 900).score()).isZero();
  }

  @Test
  void learnsFromFeedbackAndForgetsWhatIsWithdrawn() {
    FinishedTask task = task("refund order", 1);
    FinishedTask scored = experiences.score("acme", task.id(), 0.1);
    assertThat(scored.isSuccess()).isFalse();
    assertThat(scored.priority()).isGreaterThanOrEqualTo(0.9);
    experiences.withdraw("acme", task.id(), "the policy has changed");
    assertThat(experiences.useful(OWNER, "refund order", 3)).isEmpty();
    assertThat(experiences.get("acme", task.id()).orElseThrow().withdrawn())
        .isEqualTo("the policy has changed");
    assertThatThrownBy(() -> experiences.score("acme", "none", 1))
        .hasMessageContaining("has no experience none");
  }

  @Test
  void drawsBySeedWithinTheNumber() {
    for (int i = 0; i < 10; i++) {
      task("task " + i, i % 2);
    }
    List<FinishedTask> drawn = experiences.sample("acme", "support", 4, 7);
    assertThat(drawn).hasSize(4).doesNotHaveDuplicates();
    assertThat(experiences.sample("acme", "support", 4, 7)).isEqualTo(drawn);
    assertThat(experiences.sample("acme", "support", 100, 7)).hasSize(10);
    assertThat(experiences.sample("acme", "nobody", 4, 7)).isEmpty();
  }

  @Test
  void keepsAboutAsManyAsAllowed() {
    for (int i = 0; i < 100; i++) {
      task("task " + i, i == 50 ? 0 : 1);
    }
    List<FinishedTask> all = experiences.all("acme", "support");
    assertThat(all.size()).isBetween(15, 23);
    assertThat(all).anyMatch(each -> each.task().equals("task 50"));
  }

  private FinishedTask task(String text, double quality) {
    clock.advance(Duration.ofSeconds(1));
    return record(text, quality, "0", 0);
  }

  private FinishedTask record(String text, double quality, String cost, long millis) {
    return experiences.record(
        OWNER,
        text,
        "answer",
        List.of(),
        quality,
        new BigDecimal(cost),
        Duration.ofMillis(millis),
        MemorySource.UNKNOWN);
  }
}
