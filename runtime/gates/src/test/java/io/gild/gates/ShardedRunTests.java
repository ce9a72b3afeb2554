package io.gild.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.golden.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardedRunTests {

  private static final int TASKS = 30;
  private static final List<String> IDS =
      IntStream.range(0, TASKS).mapToObj(i -> "task-" + i).toList();

  @TempDir private Path folder;

  private static RunInfo info(Shard shard, String selection) {
    return new RunInfo(
        "1.2", List.of(new AgentInfo("support", "Answers customers.", IDS)), shard, selection);
  }

  private static TaskResult result(String task, int repeat) {
    boolean passed = task.hashCode() % 5 != 0;
    return new TaskResult(
        new TaskKey("support", task),
        "1.2",
        "com.acme.Desk#answer",
        List.of(),
        repeat,
        1,
        Instant.EPOCH,
        passed ? Outcome.PASSED : Outcome.FAILED,
        passed ? 1 : 0,
        List.of(),
        "question",
        "expected",
        "answer",
        passed ? "" : "not it",
        Spent.NOTHING);
  }

  /** Writes what a machine leaves: the results of the shard in the order in which they ended. */
  private Path shard(String name, Shard shard) throws IOException {
    return shard(name, shard, info(shard, "30 tasks"));
  }

  private Path shard(String name, Shard shard, RunInfo info) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    info.write(run);
    List<TaskResult> results = new ArrayList<>();
    for (String id : IDS) {
      if (shard.contains("support", id)) {
        results.add(result(id, 1));
        results.add(result(id, 2));
      }
    }
    Collections.reverse(results);
    ResultLog log = new ResultLog(run.resolve("results.jsonl"));
    results.forEach(log::append);
    return run;
  }

  @Test
  void givesTheVerdictOfOneRun() throws IOException {
    Path whole = shard("whole", Shard.ALL);
    for (int index = 1; index <= 4; index++) {
      shard("shards/job-" + index, new Shard(index, 4));
    }

    ShardedRun together = ShardedRun.read(List.of(folder.resolve("shards")));
    ShardedRun alone = ShardedRun.read(List.of(whole));

    assertThat(together.info()).isEqualTo(alone.info());
    assertThat(together.results()).containsExactlyInAnyOrderElementsOf(alone.results());
    assertThat(together.results()).extracting(each -> each.key().task()).startsWith("task-0");
    QualityGate gate =
        QualityGate.of(Gates.Stage.DEV_TO_STAGING, io.gild.config.Settings.defaults());
    assertThat(decision(gate, together).findings())
        .isEqualTo(decision(gate, alone).findings())
        .isNotEmpty();
  }

  private static GateDecision decision(QualityGate gate, ShardedRun run) {
    return gate.judge(
        GateEvidence.of("1.2", Instant.EPOCH)
            .results(run.results())
            .agents(run.info().agents())
            .build(),
        GateOverrides.NONE);
  }

  @Test
  void namesTheShardsThatAreMissing() throws IOException {
    Path second = shard("b", new Shard(2, 4));
    Path third = shard("c", new Shard(3, 4));

    assertThatThrownBy(() -> ShardedRun.read(List.of(second, third)))
        .hasMessageStartingWith("shards 1/4, 4/4 are missing; 2 of 4 are there.");
    assertThatThrownBy(() -> ShardedRun.read(List.of(second)))
        .hasMessageContaining("1/4, 3/4, 4/4");
  }

  @Test
  void refusesAShardThatIsThereTwice() throws IOException {
    Path one = shard("a", new Shard(1, 2));
    Path again = shard("b", new Shard(1, 2));
    shard("c", new Shard(2, 2));

    assertThatThrownBy(() -> ShardedRun.read(List.of(folder)))
        .hasMessage("shard 1/2 is there twice: " + one + " and " + again);
  }

  @Test
  void refusesShardsOfDifferentRuns() throws IOException {
    Path one = shard("a", new Shard(1, 2));
    Path other = shard("b", new Shard(2, 2), info(new Shard(2, 2), "12 tasks"));
    Path newer =
        shard("c", new Shard(2, 2), new RunInfo("1.3", List.of(), new Shard(2, 2), "30 tasks"));
    Path ofThree = shard("d", new Shard(2, 3));
    Path whole = shard("e", Shard.ALL);

    assertThatThrownBy(() -> ShardedRun.read(List.of(one, other)))
        .hasMessageEndingWith("they differ in selection of tasks, repeats or seed");
    assertThatThrownBy(() -> ShardedRun.read(List.of(one, newer)))
        .hasMessageEndingWith("they differ in version");
    assertThatThrownBy(() -> ShardedRun.read(List.of(one, ofThree)))
        .hasMessageContaining("is shard 2/3, but");
    assertThatThrownBy(() -> ShardedRun.read(List.of(one, whole)))
        .hasMessageStartingWith(whole + " is no shard");
  }

  @Test
  void refusesAResultOfAnotherShard() throws IOException {
    Path one = shard("a", new Shard(1, 2), info(new Shard(2, 2), "30 tasks"));
    Path other = shard("b", new Shard(2, 2), info(new Shard(1, 2), "30 tasks"));

    assertThatThrownBy(() -> ShardedRun.read(List.of(one, other)))
        .hasMessageMatching(
            ".* is shard 2/2, but has a result of support/task-\\d+, which is in .*");
  }

  @Test
  void acceptsShardsWithoutTasksAndReportsLinesThatAreBroken() throws IOException {
    for (int index = 1; index <= 100; index++) {
      shard("job-" + index, new Shard(index, 100));
    }
    Path some = folder.resolve("job-1/more.jsonl");
    Files.writeString(some, "{\n");

    ShardedRun run = ShardedRun.read(List.of(folder));

    assertThat(run.results()).hasSize(2 * TASKS);
    assertThat(run.problems()).singleElement().asString().startsWith(some + ":1: not a result");
  }

  @Test
  void reportsADescriptionThatIsBroken() throws IOException {
    Path one = shard("a", new Shard(1, 2));
    Files.writeString(one.resolve("run.json"), "{\"shard\": \"3/2\"}");

    assertThatThrownBy(() -> ShardedRun.read(List.of(one)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("run.json: shard must be from 1/2 to 2/2, but is 3/2");
  }
}
