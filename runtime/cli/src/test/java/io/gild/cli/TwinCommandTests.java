package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.memory.AgentMemory;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemoryOwner;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TwinCommandTests {

  private static final String SETTINGS =
      """
      data: %s
      memory: {session: {store: folder}, long-term: {store: folder}}
      prices:
        dear: {input: 1000, output: 1000}
      """;

  private static final String CASSETTE =
      """
      {"gild-cassette":1,"session":"s","recorded-at":"2026-01-01T00:00:00Z"}
      {"seq":1,"session":"s","call":1,"agent":"desk","kind":"model","api":"a","begin":1,"end":2,"request":{"model":"dear","messages":[{"role":"system","content":"Be kind."}]},"response":{"text":"t"},"input-tokens":600,"output-tokens":400,"millis":1000}
      {"session":"s","call":1,"kind":"agent","agent":"desk","method":"Desk#answer","arguments":["q"],"answer":"a"}
      {"seq":2,"session":"s","call":2,"agent":"desk","kind":"model","api":"a","begin":3,"end":4,"request":{"model":"dear"},"response":{"text":"t"},"input-tokens":600,"output-tokens":400,"millis":1000}
      {"session":"s","call":2,"kind":"agent","agent":"desk","method":"Desk#answer","arguments":["q"],"answer":"a"}
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path settings;
  private Path cassette;
  private Path twin;

  @BeforeEach
  void remembersSomething() throws IOException {
    settings = Files.writeString(folder.resolve("gild.yaml"), SETTINGS.formatted(data()));
    cassette = Files.writeString(folder.resolve("cassette.jsonl"), CASSETTE);
    twin = folder.resolve("desk.twin");
    application(memory -> {
      memory.memories().remember(draft("m1", "Ann prefers e-mail."));
      memory
          .sessions()
          .session(new SessionKey("", "desk", "s1"))
          .append(Role.USER, "Where is my parcel?");
    });
  }

  private Path data() {
    return folder.resolve("data");
  }

  private static MemoryDraft draft(String id, String text) {
    return new MemoryDraft(text).id(id).owner(new MemoryOwner("", "desk", ""));
  }

  /** Does something as the application does it. */
  private void application(Consumer<AgentMemory> use) {
    try (GildRuntime runtime =
        GildRuntime.builder().settings(Settings.builder().file(settings).build()).build()) {
      use.accept(AgentMemory.of(runtime));
    }
  }

  private int execute(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private void snapshot() {
    assertThat(
            execute(
                "twin",
                "snapshot",
                "desk",
                "--out",
                twin.toString(),
                "--settings",
                settings.toString(),
                "--cassette",
                cassette.toString()))
        .as(err.toString())
        .isZero();
  }

  @Test
  void writesATwinWhileTheApplicationRunsAndSaysWhatIsAbsent() {
    application(memory -> {
      memory.memories();
      snapshot();
    });

    assertThat(out.toString())
        .contains("memories 1, sessions 1, messages 1, methods 1, models 4, prompts 1.")
        .contains("Absent: breakers: ", "Absent: figures: no log of calls was given");
  }

  @Test
  void warnsOfAnAgentOfWhichNothingIsKnown() {
    assertThat(
            execute(
                "twin",
                "snapshot",
                "dsek",
                "--out",
                twin.toString(),
                "--settings",
                settings.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("nothing of an agent \"dsek\" was found");
  }

  @Test
  void saysThatTheFiguresOfASampledLogAreEstimates() throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("calls.jsonl"),
            """
            {"event":"invoke_agent","agent":"desk","outcome":"success","sampled":0.1}
            """);
    assertThat(
            execute(
                "twin",
                "snapshot",
                "desk",
                "--out",
                twin.toString(),
                "--settings",
                settings.toString(),
                "--call-log",
                log.toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("Figures: calls.jsonl is a sample; 9 of 10 calls are estimated.");
  }

  @Test
  void findsTheDrift() {
    snapshot();
    assertThat(drift()).as(out + "" + err).isZero();
    assertThat(out.toString()).contains("No difference.", "Not compared: figures");

    application(memory -> memory.memories().remember(draft("m2", "Ann moved.")));

    assertThat(drift()).isEqualTo(1);
    assertThat(out.toString()).contains("+ memory m2: Ann moved.", "Differences: 1.");
    assertThat(execute("twin", "diff", twin.toString(), twin.toString(), "--json")).isZero();
    assertThat(Json.read(out.toString())).isInstanceOf(Map.class);
  }

  private int drift() {
    return execute(
        "twin",
        "diff",
        twin.toString(),
        "--settings",
        settings.toString(),
        "--cassette",
        cassette.toString());
  }

  @Test
  void restoresAfterADryRun() {
    snapshot();
    application(memory -> memory.memories().forget("", "m1"));

    assertThat(restore("--dry-run")).isZero();
    assertThat(out.toString()).contains("memories: 1 written", "Nothing was done");
    assertThat(drift()).isEqualTo(1);

    assertThat(restore()).isZero();
    assertThat(drift()).as(out.toString()).isZero();
    assertThat(execute("twin", "restore", "--finish", "--settings", settings.toString())).isZero();
    assertThat(out.toString()).contains("No restore was interrupted.");
  }

  private int restore(String... more) {
    String[] arguments = {"twin", "restore", twin.toString(), "--settings", settings.toString()};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return execute(all);
  }

  @Test
  void refusesToRestoreWhileTheApplicationRuns() {
    snapshot();
    application(memory -> {
      memory.memories().forget("", "m1");

      assertThat(restore()).isEqualTo(2);
    });

    assertThat(err.toString())
        .contains("is used by process " + ProcessHandle.current().pid() + ", started ");
  }

  @Test
  void refusesATornTwin() throws IOException {
    snapshot();
    String text = Files.readString(twin);
    Files.writeString(twin, text.substring(0, text.length() - 100));

    assertThat(restore()).isEqualTo(2);
    assertThat(err.toString()).contains("desk.twin, line ");
  }

  @Test
  void simulatesOtherSettings() throws IOException {
    snapshot();
    Path other =
        Files.writeString(
            folder.resolve("other.yaml"),
            SETTINGS.formatted(data()) + "agents: [{match: 'Desk#answer', cache: {ttl: 1h}}]\n");

    assertThat(simulate("--settings", other.toString())).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("desk: 2 recorded calls", "answers that differ  0")
        .containsPattern("cost +\\$2 -> \\$1")
        .contains("2 calls have no recorded time");
    String first = out.toString();
    assertThat(simulate("--settings", other.toString())).isZero();
    assertThat(out.toString()).isEqualTo(first);

    assertThat(simulate("--model", "unheard-of", "--json")).isZero();
    assertThat(out.toString()).contains("\"unpriced\": [\n      \"unheard-of\"");
  }

  private int simulate(String... more) {
    String[] arguments = {"twin", "simulate", twin.toString(), "--cassette", cassette.toString()};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return execute(all);
  }

  @Test
  void needsClassPathAndMethodTogether() {
    snapshot();

    assertThat(simulate("--agent", "Desk#answer")).isEqualTo(2);
    assertThat(err.toString()).contains("--classpath and --agent CLASS#METHOD belong together");
  }
}
