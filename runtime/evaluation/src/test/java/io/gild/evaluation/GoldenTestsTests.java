package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTestsTests {

  private static final String TYPE = "io.gild.evaluation.GoldenTestsTests$Clerk";
  private static final String DESCRIPTOR =
      "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;";

  @TempDir Path results;

  @BeforeEach
  void leaveResultsInTheTemporaryFolder() {
    System.setProperty("gild.results", results.toString());
  }

  @AfterEach
  void restoreTheProperty() {
    System.clearProperty("gild.results");
  }

  @Test
  void passesAnExpectedAnswerAndWritesALine() throws Exception {
    run("right");

    assertThat(Files.readString(results.resolve("clerk.jsonl")))
        .startsWith("{\"agent\":\"clerk\",\"task\":\"right\"")
        .contains("\"outcome\":\"PASSED\"");
  }

  @Test
  void runsTheTasksOfAFile() {
    run("from-file");
  }

  @Test
  void failsWithTheExpectedAndTheActualAnswer() throws Exception {
    assertThatThrownBy(() -> run("wrong"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected: contains: 60 days")
        .hasMessageContaining("got:      refund: 30 days");
    assertThat(Files.readString(results.resolve("clerk.jsonl"))).contains("\"outcome\":\"FAILED\"");
  }

  @Test
  void failsWithTheAgentsException() throws Exception {
    assertThatThrownBy(() -> run("thrown"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the agent threw java.lang.IllegalStateException: no idea");
    assertThat(Files.readString(results.resolve("clerk.jsonl"))).contains("\"outcome\":\"ERROR\"");
  }

  @Test
  void namesATaskThatDoesNotExist() {
    assertThatThrownBy(() -> run("nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Agent clerk has no golden task \"nowhere\".");
  }

  private static void run(String id) {
    GoldenTests.run(TYPE, "answer", DESCRIPTOR, id);
  }

  static final class Clerk {

    @SuppressWarnings("unused") // called by its registry
    String answer(String question, String model) {
      if (question.equals("crash")) {
        throw new IllegalStateException("no idea");
      }
      return question + ": 30 days";
    }
  }
}
