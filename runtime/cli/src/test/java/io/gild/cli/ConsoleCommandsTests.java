package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConsoleCommandsTests {

  private static final String HOSTILE = "\u001b[2J<b>\u202e";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path log;

  @BeforeEach
  void writeLog() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("time", "2026-11-30T10:00:0" + i % 10 + "Z");
      line.put("event", "invoke_agent");
      line.put("agent", i % 10 == 0 ? "agent " + i + HOSTILE : "support");
      line.put("method", "answer");
      line.put("outcome", "success");
      line.put("millis", 12.5);
      line.put("attempts", 1);
      line.put("model", "gpt-4o-mini");
      line.put("inputTokens", 1_000);
      line.put("outputTokens", 100);
      line.put("costUsd", 0.00021);
      line.put("trace", "4bf92f3577b34da6a3ce929d0e0e47%02d".formatted(i / 2));
      lines.add(Json.write(line));
    }
    log = Files.write(folder.resolve("calls.jsonl"), lines);
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(new PrintableWriter(out), true));
    line.setErr(new PrintWriter(new PrintableWriter(err), true));
    return line.execute(arguments);
  }

  @Test
  void showsTheBusiestAgentFirst() {
    assertThat(run("top", "--once", "--data", folder.toString(), log.toString())).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.get(0)).isEqualTo("calls.jsonl (calls.jsonl)");
    assertThat(lines.get(2)).startsWith("AGENT ");
    assertThat(lines.get(3)).startsWith("support ").contains("45", "100.0%", "13 ms", "$0.00945");
    assertThat(lines).hasSize(9);
    assertThat(out.toString()).doesNotContain("\u001b", "\u202e").contains("\\u001b[2J<b>");
  }

  @Test
  void printsTheStateForScripts() {
    assertThat(run("top", "--json", "--data", folder.toString(), log.toString())).isZero();
    assertThat(Json.read(out.toString())).isInstanceOf(Map.class);
  }

  @Test
  void saysThatThereIsNoConsole() {
    assertThat(run("top", "--once", "--data", folder.toString())).isZero();
    assertThat(out.toString()).contains("No JVM with a console was found: set console.port");
  }

  @Test
  void showsRolloutsOfOtherProcesses() throws Exception {
    Path rollouts = Files.createDirectories(folder.resolve("rollouts"));
    Files.writeString(
        rollouts.resolve("support-2.rollout.jsonl"),
        """
        {"type":"started","at":"2026-11-30T10:00:00Z","run":1,"agent":"support","from":"1","to":"2","fingerprint":"x"}
        {"type":"decided","at":"2026-11-30T10:00:01Z","number":1,"state":"PAUSED","share":2500,"who":"gild","reason":"undecided"}
        {"type":"problem","at":"2026-11-30T10:00:02Z","problem":"the proxy does not answer"}
        """);
    Files.writeString(
        rollouts.resolve("support-1.rollout.jsonl"),
        """
        {"type":"started","at":"2026-11-30T09:00:00Z","run":1,"from":"0","to":"1","fingerprint":"x"}
        {"type":"decided","at":"2026-11-30T09:00:01Z","number":1,"state":"PROMOTED","share":10000,"who":"gild","reason":"good"}
        """);
    assertThat(run("top", "--once", "--data", folder.toString())).isZero();
    assertThat(out.toString().lines())
        .contains(
            "rollout support-2 of support is paused, version 2 has 25 % of the calls: the proxy"
                + " does not answer")
        .noneMatch(line -> line.contains("support-1"));
    out.getBuffer().setLength(0);

    assertThat(run("top", "--json", "--data", folder.toString())).isZero();
    assertThat(out.toString()).contains("\"id\":\"support-2\"", "\"id\":\"support-1\"");
  }

  @Test
  void fitsTheTerminal() {
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    List<Object> agents = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      agents.add(Map.of("agent", "agent with a name of many words " + i, "calls", (long) i));
    }
    state.put("agents", Map.of("rows", agents));
    state.put("jvms", List.of(Map.of("jvm", "1", "name", "acme", "reachable", false)));
    List<String> lines = TopTable.lines(state, 40, 20);
    assertThat(lines).hasSize(20).allMatch(line -> line.length() <= 40);
    assertThat(lines.get(0)).startsWith("acme (1), cannot be reached");
    assertThat(lines.get(19)).isEqualTo("... 84 more lines");
  }

  @Test
  void printsTheTreeOfACall() {
    assertThat(run("trace", "2", "--data", folder.toString(), "--console", log.toString()))
        .isZero();
    assertThat(out.toString())
        .contains("support.answer 2: answered by gpt-4o-mini", "$0.00021", "total");
  }

  @Test
  void findsACallByItsTrace() {
    String[] trace = {
      "trace",
      "4bf92f3577b34da6a3ce929d0e0e4701",
      "--data",
      folder.toString(),
      "--console",
      log.toString()
    };
    assertThat(run(trace)).isZero();
    assertThat(out.toString()).contains("support.answer 3: answered by gpt-4o-mini");
    assertThat(err.toString()).contains("further calls: calls.jsonl/4");
    trace[1] = "ffffffff";
    assertThat(run(trace)).isEqualTo(1);
    assertThat(err.toString()).contains("no console has the trace ffffffff");
  }

  @Test
  void printsALineForEachCall() {
    assertThat(
            run(
                "logs",
                "--data",
                folder.toString(),
                "--limit",
                "3",
                "--agent",
                "support",
                log.toString()))
        .isZero();
    assertThat(out.toString().lines())
        .hasSize(3)
        .allMatch(line -> line.contains(" support.answer success 13 ms $0.00021: answered by gpt"));
    assertThat(out.toString().lines().toList().get(2)).contains(" calls.jsonl/50 ");
  }

  @Test
  void saysWhatACallLogDoesNotHave() throws Exception {
    Path sample =
        Files.writeString(
            folder.resolve("sample.jsonl"),
            """
            {"time":"2026-11-30T10:00:00Z","event":"invoke_agent","call":1,"agent":"support","method":"answer","outcome":"success","millis":12.5,"attempts":1,"sampled":0.1}
            {"time":"2026-11-30T10:00:01Z","event":"lines_lost","lost":3}
            """);
    assertThat(run("logs", "--data", folder.toString(), sample.toString())).isZero();

    assertThat(out.toString().lines()).hasSize(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "sample.jsonl: 3 lines lost when the log was written",
            "sample.jsonl: 9 calls left out by sampling, estimated");

    assertThat(run("top", "--once", "--data", folder.toString(), sample.toString())).isZero();
    assertThat(out.toString()).contains("sample.jsonl: 9 calls left out by sampling, estimated");
  }

  @Test
  void drawsBranches() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("call", Map.of("agent", "support", "method", "answer", "id", "1", "words", "failed"));
    tree.put("strings", List.of("a", "b\nc"));
    tree.put("shown", 4L);
    tree.put("total", 5L);
    Map<String, Object> spans = new LinkedHashMap<>();
    spans.put("parent", List.of(-1L, 0L, 1L, 0L));
    spans.put("name", List.of(0L, 1L, 0L, 0L));
    spans.put("startMicros", List.of(0L, 1L, 2L, 3L));
    spans.put("durationMicros", List.of(0L, 1L, 2L, 3L));
    spans.put("costUsd", List.of(0L, 0L, 0L, 0L));
    spans.put("tokens", List.of(0L, 0L, 0L, 0L));
    spans.put("outcome", List.of(1L, 0L, 4L, 9L));
    tree.put("spans", spans);
    assertThat(TraceText.lines(tree, null))
        .anyMatch(line -> line.startsWith("a "))
        .anyMatch(line -> line.startsWith("├ b c "))
        .anyMatch(line -> line.startsWith("│ └ a "))
        .anyMatch(line -> line.startsWith("└ a "))
        .contains("4 of 5 shown");
  }

  @Test
  void namesACallThatNoConsoleHas() {
    assertThat(run("trace", "999", "--data", folder.toString(), "--console", log.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("no console has the call 999");
    assertThat(run("trace", "x", "--data", folder.toString(), "--console", log.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("the number of a call or span is expected");
    assertThat(run("top", "--data", folder.toString(), "nothing")).isEqualTo(1);
    assertThat(err.toString()).contains("\"nothing\" is neither");
  }
}
