package io.gild.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTests {

  @AfterEach
  void clearTheProperty() {
    System.clearProperty("gild.shard");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 97, 1_000})
  void putsEachTaskIntoExactlyOneShard(int count) {
    for (int task = 0; task < 200; task++) {
      String id = "task-" + task;
      assertThat(
              IntStream.rangeClosed(1, count)
                  .filter(index -> new Shard(index, count).contains("support", id)))
          .hasSize(1);
    }
  }

  @Test
  void dividesTasksAboutEvenly() {
    int[] sizes = new int[9];
    for (int task = 0; task < 4_000; task++) {
      sizes[Shard.of("agent " + task % 7, "task " + task, 8).index()]++;
    }
    assertThat(IntStream.range(1, 9).map(index -> sizes[index])).allMatch(n -> n > 400 && n < 600);
  }

  /** Machines with different versions of Gild must agree. */
  @Test
  void neverMovesATask() {
    assertThat(Shard.of("support", "refund-policy", 8)).hasToString("5/8");
    assertThat(Shard.of("support", "größe", 8)).hasToString("1/8");
    assertThat(Shard.of("", "", 3)).hasToString("2/3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0/8", "9/8", "1/0", "1/1001", "3", "3/", "/8", "a/b", "-1/8", "1/8/2", ""})
  void rejectsWhatIsNoShard(String text) {
    assertThatThrownBy(() -> Shard.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("shard must be");
  }

  @Test
  void readsTheProperty() {
    assertThat(Shard.ofProperty()).isEqualTo(Shard.ALL);
    System.setProperty("gild.shard", " 3/8 ");
    assertThat(Shard.ofProperty()).isEqualTo(new Shard(3, 8));
    System.setProperty("gild.shard", "8");
    assertThatThrownBy(Shard::ofProperty).hasMessageContaining("such as 3/8, but is \"8\"");
  }
}
