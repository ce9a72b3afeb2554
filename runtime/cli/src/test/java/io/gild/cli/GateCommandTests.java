package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.gates.AgentInfo;
import io.gild.gates.Outcome;
import io.gild.gates.ResultLog;
import io.gild.gates.RunInfo;
import io.gild.gates.Spent;
import io.gild.gates.TaskKey;
import io.gild.gates.TaskResult;
import io.gild.golden.Shard;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GateCommandTests {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void opensForTheLatestRunAndWritesTheReports() throws IOException {
    run("20260101-000000", false, false);
    Path latest = run("20260102-000000", true, true);

    assertThat(execute("gate")).as(out + "" + err).isZero();

    assertThat(out.toString()).contains("Gate dev-to-staging: PASSED for version 1.2");
    assertThat(latest.resolve("report/report.html")).isNotEmptyFile();
    assertThat(latest.resolve("report/junit.xml")).isNotEmptyFile();
    assertThat(execute("audit")).isZero();
  }

  @Test
  void staysClosedAndReportsWhy() throws IOException {
    run("20260101-000000", true, false, false);

    assertThat(execute("gate")).isEqualTo(1);

    assertThat(out.toString()).contains("FAILED  pass-rate", "33.3 %", "Look at support/task-1");
  }

  @Test
  void comparesWithABaseline() throws IOException {
    Path before = run("20260101-000000", true, true);
    run("20260102-000000", true, false);

    assertThat(execute("report", "--baseline", before.toString())).isZero();

    assertThat(out.toString()).contains("support/task-1");
  }

  @Test
  void showsThatTheAuditLogWasChanged() throws IOException {
    run("20260101-000000", true, true);
    execute("gate");
    Path log = folder.resolve(".gild/audit/gates.jsonl");
    Files.writeString(log, Files.readString(log).replace("PASSED", "FAILED"));

    assertThat(execute("audit")).isEqualTo(1);
    assertThat(out.toString()).contains("gates.jsonl:1");
    assertThat(execute("gate")).isEqualTo(1);
  }

  @Test
  void reportsAMissingAuditLog() throws IOException {
    assertThat(execute("audit")).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "no gate or rollout wrote to an audit log in "
                + folder.resolve(".gild/audit/gates.jsonl"));
    Files.createDirectories(folder.resolve(".gild/audit"));
    Files.writeString(folder.resolve(".gild/audit/gates.jsonl"), "");
    assertThat(execute("audit")).isEqualTo(1);
    assertThat(out.toString()).doesNotContain("intact");
  }

  @Test
  void theAuditComparesWithTheHeadThatTheGatePrinted() throws IOException {
    run("20260101-000000", true, true);
    execute("gate");
    String head = out.toString().replaceAll("(?s).*Audit log ends at (\\S+).*", "$1");

    assertThat(execute("audit", "--head", head.toUpperCase(Locale.ROOT))).isZero();
    assertThat(out.toString()).contains("The audit log is intact. It ends at " + head);
    assertThat(execute("audit", "--head", "2" + head.substring(1))).isEqualTo(1);
    for (String wrong : List.of("-5" + head.substring(1), "1", "1:12", ":", "x" + head)) {
      assertThat(execute("audit", "--head", wrong)).as(wrong).isEqualTo(2);
    }
    Files.delete(folder.resolve(".gild/audit/gates.jsonl"));
    assertThat(execute("audit")).isEqualTo(1);
    assertThat(out.toString()).contains("its tail was cut off");
  }

  @Test
  void takesTheShardsOfARun() throws IOException {
    Path whole = run("20260101-000000", true, true, false, true, true);
    for (int index = 1; index <= 2; index++) {
      shard(whole, new Shard(index, 2));
    }
    Path shards = folder.resolve("shards");

    assertThat(execute("gate", "--run", shards.toString())).as(out + "" + err).isZero();
    assertThat(out.toString()).contains("PASSED for version 1.2", "80.0 %");
    assertThat(shards.resolve("report/report.html")).isNotEmptyFile();

    Path first = shards.resolve("1");
    assertThat(execute("gate", "--run", first.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("gild: shard 2/2 is missing; 1 of 2 are there.");
    assertThat(execute("report", "--run", first.toString())).isEqualTo(1);
    assertThat(
            execute("report", "--run", first.toString(), "--run", shards.resolve("2").toString()))
        .isZero();
    assertThat(folder.resolve(".gild/report/report.html")).isNotEmptyFile();
  }

  private void shard(Path whole, Shard shard) throws IOException {
    Path run = Files.createDirectories(folder.resolve("shards/" + shard.index()));
    RunInfo info = RunInfo.read(whole);
    new RunInfo(info.version(), info.agents(), shard, "").write(run);
    ResultLog log = new ResultLog(run.resolve("results.jsonl"));
    ResultLog.read(whole).results().stream()
        .filter(result -> shard.contains(result.key().agent(), result.key().task()))
        .forEach(log::append);
  }

  @Test
  void suggestsTheNearestStageInOneLine() throws IOException {
    run("20260101-000000", true);

    assertThat(execute("gate", "--stage", "prodction")).isEqualTo(2);

    assertThat(err.toString())
        .contains("but is \"prodction\". Did you mean \"production\"?")
        .doesNotContain("Usage");
  }

  @Test
  void reportsMissingResults() {
    assertThat(execute("gate")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no run with results in");
  }

  private int execute(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--data", folder.resolve(".gild").toString()));
    arguments.addAll(Arrays.asList(more));
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments.toArray(String[]::new));
  }

  private Path run(String name, boolean... passed) throws IOException {
    Path run = Files.createDirectories(folder.resolve(".gild/evaluations").resolve(name));
    ResultLog log = new ResultLog(run.resolve("results.jsonl"));
    List<String> tasks = new ArrayList<>();
    for (int i = 0; i < passed.length; i++) {
      tasks.add("task-" + i);
      log.append(
          new TaskResult(
              new TaskKey("support", "task-" + i),
              "1.2",
              "com.acme.Desk#answer",
              List.of(),
              1,
              1,
              Instant.EPOCH,
              passed[i] ? Outcome.PASSED : Outcome.FAILED,
              passed[i] ? 1 : 0,
              List.of(),
              "question",
              "expected",
              "answer",
              passed[i] ? "" : "not it",
              Spent.NOTHING));
    }
    new RunInfo(
            "1.2", List.of(new AgentInfo("support", "Answers customers.", tasks)), Shard.ALL, "")
        .write(run);
    return run;
  }
}
