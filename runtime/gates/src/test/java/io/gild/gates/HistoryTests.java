package io.gild.gates;

import static io.gild.gates.TestResults.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTests {

  @TempDir private Path folder;

  @Test
  void keepsASummaryOfEachRun() throws IOException {
    History history = History.in(folder);
    History.Run run =
        History.Run.of(
            "build 7", NOW, "1.2", Statistics.of(TestResults.runs("support", "refund/1", "PPFJ")));
    history.append(run);

    assertThat(history.read()).containsExactly(run);
    assertThat(run.passRate()).isCloseTo(2 / 3.0, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(folder.resolve("history/runs.jsonl"))
        .hasContent(
            "{\"run\":\"build 7\",\"at\":\"2026-11-20T10:00:00Z\",\"version\":\"1.2\","
                + "\"agents\":{\"support\":{\"refund/1\":[2,3,0.75,0.002,120]}}}");
  }

  @Test
  void dropsTheOldestBeyondItsBound() {
    History history = new History(folder.resolve("runs.jsonl"), 3);
    for (int i = 1; i <= 5; i++) {
      history.append(run("r" + i));
    }

    assertThat(history.read()).extracting(History.Run::id).containsExactly("r3", "r4", "r5");
  }

  @Test
  void ignoresAnUnfinishedLineOfAWriterThatDied() throws IOException {
    Path file = folder.resolve("runs.jsonl");
    History history = new History(file, 10);
    history.append(run("r1"));
    Files.writeString(file, "{\"run\":\"r2\",\"at\":\"20", StandardOpenOption.APPEND);
    assertThat(history.read()).extracting(History.Run::id).containsExactly("r1");
    history.append(run("r3"));

    assertThat(history.read()).extracting(History.Run::id).containsExactly("r1", "r3");
    Files.writeString(file, "torn");
    history.append(run("r4"));
    assertThat(history.read()).extracting(History.Run::id).containsExactly("r4");
  }

  @Test
  void keepsTheRunsOfConcurrentWriters() {
    Path file = folder.resolve("runs.jsonl");
    IntStream.range(0, 60).parallel().forEach(i -> new History(file, 50).append(run("r" + i)));

    assertThat(new History(file, 50).read()).hasSize(50);
    assertThat(new History(file, 50).read()).extracting(History.Run::id).doesNotHaveDuplicates();
  }

  @Test
  void keepsLinesThatItCannotReadUntilItIsFull() throws IOException {
    Path file = folder.resolve("runs.jsonl");
    Files.writeString(file, "{\"of\":\"a later version\"}\n");
    History history = new History(file, 2);
    history.append(run("r1"));
    history.append(run("r2"));
    assertThat(file).content().startsWith("{\"of\":\"a later version\"}\n");
    history.append(run("r3"));

    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  private static History.Run run(String id) {
    return History.Run.of(id, NOW, "1", Statistics.of(TestResults.tasks("a", 1, 2)));
  }
}
