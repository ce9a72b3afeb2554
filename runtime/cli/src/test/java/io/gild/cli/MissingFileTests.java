package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.gates.Outcome;
import io.gild.gates.ResultLog;
import io.gild.gates.Spent;
import io.gild.gates.TaskKey;
import io.gild.gates.TaskResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Each file that is given by name to a command is an error in one line if it is missing. */
class MissingFileTests {

  private static final String TRIES =
      "eval --data=DATA -cp=CLASSES --agent=io.gild.cli.MissingFileTests$Desk#answer ";

  @TempDir Path folder;

  /** An agent that is never called. */
  public static class Desk {

    public String answer(String question) {
      return question;
    }
  }

  @BeforeEach
  void writeTheFilesThatExist() throws IOException {
    Files.writeString(
        folder.resolve("gild.yaml"), "gates: {overrides: " + folder.resolve("missing") + "}");
    Files.writeString(folder.resolve("tasks.yaml"), "- {id: a, input: x, expected: y}");
    Files.writeString(folder.resolve("agent.jar"), "");
    new ResultLog(folder.resolve("run/results.jsonl")).append(result());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config missing | missing: no such file of settings",
        "config --check -cp missing | gild: no file missing of --classpath",
        "audit --data=missing | no gate or rollout wrote to an audit log in missing/audit/gates.jsonl",
        "audit --data=missing --head=1:HASH | missing/audit/gates.jsonl",
      })
  void ofSettingsAndOfTheAuditLog(String command, String message) throws IOException {
    assertNamed(command, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--run=missing | there are no results in missing",
        "--data=missing | there is no run with results in missing/evaluations",
        "--run=run --config=missing | missing: no such file of settings",
        "--run=run --config=gild.yaml | The file of gates.overrides missing does not exist.",
        "--run=run --load-test=missing | The report of a load test missing does not exist.",
        "--run=run --live=missing | The report of a running application missing does not exist.",
        "--run=run --baseline=missing | baseline missing holds no results. Name a folder with",
        "--run=run --docs=missing | no folder missing with descriptions of agents for --docs",
      })
  void ofGatesAndReports(String options, String message) throws IOException {
    String data = options.startsWith("--data") ? "" : " --data=DATA";
    assertNamed("gate " + options + data, message);
    assertNamed("report " + options + data, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--project=missing | no pom.xml in missing. Name a Maven module with --project",
        "-cp=missing | --classpath names missing, which does not exist",
      })
  void ofApplications(String options, String message) throws IOException {
    assertNamed("eval --data=DATA " + options, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tasks=missing | no golden tasks missing",
        "--tasks=tasks.yaml --config=missing | no settings missing",
        "--tasks=tasks.yaml --javaagent=missing | no javaagent missing",
        "--tasks=tasks.yaml --javaagent=agent.jar --replay=missing | no cassette missing; gild record writes one",
      })
  void ofEvaluations(String options, String message) throws IOException {
    assertNamed(TRIES + options, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "record --agent=missing -- none | no javaagent missing; name its jar with --agent",
        "record --agent=agent.jar --config=missing -- none | no settings missing for --config",
        "inventory --agent=missing -- none | no javaagent missing; name its jar with --agent",
        "replay --agent=agent.jar missing -- none | no cassette missing; gild record writes one",
        "replay --agent=missing agent.jar -- none | no javaagent missing; name its jar with",
      })
  void ofWatchedCommands(String command, String message) throws IOException {
    assertNamed(command, message);
  }

  /** Names stand for files of the folder. */
  private void assertNamed(String command, String message) throws IOException {
    StringWriter said = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));

    int status =
        line.execute(Arrays.stream(command.split(" ")).map(this::argument).toArray(String[]::new));

    assertThat(status).as(command + ": " + said).isIn(1, 2);
    assertThat(said.toString().lines().filter(each -> !each.endsWith("--help prints the options.")))
        .as(command)
        .singleElement()
        .asString()
        .contains(message.replaceAll("\\bmissing\\b", folder.resolve("missing").toString()));
  }

  private String argument(String text) {
    return text.replaceAll("\\b(missing|run|gild\\.yaml|tasks\\.yaml|agent\\.jar)$", folder + "/$1")
        .replace("DATA", folder.resolve("data").toString())
        .replace("CLASSES", Path.of("target/test-classes").toAbsolutePath().toString())
        .replace("HASH", "0".repeat(64));
  }

  private static TaskResult result() {
    return new TaskResult(
        new TaskKey("support", "a"),
        "1.2",
        "com.acme.Desk#answer",
        List.of(),
        1,
        1,
        Instant.EPOCH,
        Outcome.PASSED,
        1,
        List.of(),
        "x",
        "y",
        "y",
        "",
        Spent.NOTHING);
  }
}
