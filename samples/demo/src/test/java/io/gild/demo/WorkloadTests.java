package io.gild.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadTests {

  private final Workload workload = Workload.create(1500, 7);

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(Workload.create(1500, 7)).isEqualTo(workload).isNotEqualTo(Workload.create(1500, 8));
  }

  @Test
  void repeatsMoreOftenWhenNormalised() {
    assertThat(workload.exactRepeats()).isBetween(0.3, 0.5);
    assertThat(workload.normalisedRepeats()).isBetween(workload.exactRepeats(), 0.65);
    assertThat(workload.sameQuestionRepeats()).isBetween(workload.normalisedRepeats(), 0.75);
  }

  @Test
  void repeatsInAShortStreamToo() {
    assertThat(Workload.create(60, 5).sameQuestionRepeats()).isBetween(0.5, 0.8);
    assertThat(Workload.create(1, 5).questions()).hasSize(1);
  }

  @Test
  void countsRepeatsExactly() {
    Workload small =
        new Workload(
            List.of(
                new Question("1", "my balance", "balance"),
                new Question("2", "my balance", "balance"),
                new Question("3", "My balance?", "balance"),
                new Question("4", "my balance, please", "balance")));

    assertThat(small.exactRepeats()).isEqualTo(0.25);
    assertThat(small.normalisedRepeats()).isEqualTo(0.5);
    assertThat(small.sameQuestionRepeats()).isEqualTo(0.75);
  }

  @Test
  void hidesTheIntentsFromTheAgent(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("questions.jsonl");

    workload.write(file);

    assertThat(Files.readAllLines(file)).hasSize(1500);
    assertThat(JsonMappers.MAPPER.readTree(Files.readAllLines(file).get(0)).fieldNames())
        .toIterable()
        .containsExactly("id", "text");
  }
}
