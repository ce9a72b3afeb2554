package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.library.LangChain4jDesk;
import com.acme.library.LibraryMain;
import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.ModelRequest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code gild record}, and the use of its files. */
class RecordTests {

  private static final List<String> LANGCHAIN4J =
      List.of(
          "dev.langchain4j:langchain4j-core:1.20.0",
          "dev.langchain4j:langchain4j:1.19.0",
          "dev.langchain4j:langchain4j-open-ai:1.19.0",
          "org.slf4j:slf4j-nop:2.0.17");

  private static final String DESK = LangChain4jDesk.class.getName();

  /** None of these may reach the disk, wherever they occur. */
  private static final List<String> PLANTED =
      List.of(
          "sk-proj-Planted000000000000000001",
          "sk-ant-api03-Planted0000000000002",
          "AKIAPLANTED000000003",
          "ghp_Planted00000000000000000000000000004",
          "github_pat_Planted00000000000000005",
          "glpat-Planted0000000000006",
          "xoxb-100000000007-Planted",
          "AIzaSyPlanted0000000000000000000000008",
          "hf_Planted0000000000000009",
          "eyJhbGciOiJub25lIn0.eyJzdWIiOiJwbGFudGVkIn0.UGxhbnRlZDEw",
          "Planted-Bearer-11",
          "Planted-Password-12",
          "Planted-Environment-13");

  @TempDir Path folder;

  /** The result of a command. */
  private record Outcome(int status, String out, String errors) {}

  private static ModelAnswer answer(ModelRequest request) {
    if (request.lastText().startsWith("What time")) {
      String argument = request.lastText().replaceFirst("[^?]*\\?\\s*", "");
      return ModelAnswer.toolCall("time", "{\"zone\": \"" + argument + "\"}");
    }
    return request.lastText().contains("noon")
        ? ModelAnswer.text("It is noon.")
        : ModelAnswer.text("[" + request.model() + "] says to you: " + request.lastText());
  }

  private static String classPath() {
    return Path.of("target/test-classes").toAbsolutePath()
        + File.pathSeparator
        + ClassPaths.of(LANGCHAIN4J);
  }

  private Process start(Map<String, String> environment, String input, List<String> arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Jdk.own().java(), "-jar", System.getProperty("gild.cli.jar")));
    command.addAll(arguments);
    Path in = Files.writeString(folder.resolve("in.txt"), input);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("errors.txt").toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private Outcome outcome(Process process) throws Exception {
    Path errors = folder.resolve("errors.txt");
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("gild does not end: " + Files.readString(errors));
    }
    return new Outcome(
        process.exitValue(), Files.readString(folder.resolve("out.txt")), Files.readString(errors));
  }

  private Outcome gild(Map<String, String> environment, String input, List<String> arguments)
      throws Exception {
    return outcome(start(environment, input, arguments));
  }

  private Outcome record(ModelProvider provider, String input, String... more) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("record", "--agent", Child.agentJar(), "--out", "recording"));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--", Jdk.own().java(), "-cp", classPath()));
    arguments.addAll(List.of(LibraryMain.class.getName(), DESK));
    return gild(
        Map.of("PROVIDER", provider.openAiBaseUrl(), "VENDOR_API_KEY", "Planted-Environment-13"),
        input,
        arguments);
  }

  private Outcome eval(String url, Path tasks, String method) throws Exception {
    return gild(
        Map.of("PROVIDER", url),
        "",
        List.of(
            "eval",
            "--agent",
            DESK + "#" + method,
            "--tasks",
            tasks.toString(),
            "--classpath",
            classPath(),
            "--javaagent",
            Child.agentJar(),
            "--replay",
            "recording/cassette.jsonl"));
  }

  @Portable
  @Test
  void proposedGoldenTasksPassOfflineUntilTheRequestsOfTheAgentChange() throws Exception {
    Path recording = folder.resolve("recording");
    String url;
    try (ModelProvider provider = ModelProvider.builder().answers(RecordTests::answer).start()) {
      url = provider.openAiBaseUrl();
      Outcome outcome =
          record(
              provider,
              "tool What time is it? Rome\ntool What time is it? Rome\nchat How are you?\n",
              "--agent-method=" + DESK + "#tool",
              "--agent-method=" + DESK + "#chat");
      assertThat(outcome.status()).as(outcome.out() + outcome.errors()).isZero();
      assertThat(outcome.out())
          .contains("Recorded 7 exchanges")
          .contains("Proposed 1 golden task: " + Path.of("recording/golden-LangChain4jDesk-tool"))
          .contains("Proposed 1 golden task: " + Path.of("recording/golden-LangChain4jDesk-chat"));
    }
    Path tool = recording.resolve("golden-LangChain4jDesk-tool.yaml");
    assertThat(Files.readString(tool))
        .contains("  - id: what-time-is-it-rome\n")
        .contains("      - contains: \"It is noon.\"\n")
        .contains("      - trajectory: [\"time\"]\n");

    Outcome tools = eval(url, tool, "tool");
    assertThat(tools.status()).as(tools.out() + tools.errors()).isZero();
    assertThat(tools.out()).contains("1 of 1 runs passed");

    Path chat = recording.resolve("golden-LangChain4jDesk-chat.yaml");
    Files.writeString(chat, Files.readString(chat).replace("How are you?", "How is she?"));
    Outcome changed = eval(url, chat, "chat");
    assertThat(changed.status()).isEqualTo(1);
    assertThat(changed.out())
        .contains("/messages/0/contents/0/text: recorded \"How are you?\", asked \"How is she?\"");
  }

  @Portable
  @Test
  void printedCommandRunsTheTasksOfAnAiService() throws Exception {
    String url;
    String out;
    try (ModelProvider provider = ModelProvider.builder().answers(RecordTests::answer).start()) {
      url = provider.openAiBaseUrl();
      Outcome recorded =
          record(
              provider,
              "tool What time is it? Rome\n",
              "--agent-method=" + DESK + "$Assistant#ask");
      assertThat(recorded.status()).as(recorded.out() + recorded.errors()).isZero();
      out = recorded.out();
    }
    String command = out.replaceAll("(?s).*They run offline with: ([^\\n]+)\\n.*", "$1");
    assertThat(command).startsWith("./gild eval --agent '" + DESK + "$Assistant#ask'");
    assertThat(Files.readString(folder.resolve("recording/golden.yaml"))).contains(command);
    Path launcher =
        Files.writeString(
            folder.resolve("gild"),
            "#!/bin/sh\nexec %s -Dgild.agent.jar=%s -jar %s \"$@\"\n"
                .formatted(Jdk.own().java(), Child.agentJar(), System.getProperty("gild.cli.jar")));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();

    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("errors.txt").toFile());
    shell.environment().remove("JAVA_TOOL_OPTIONS");
    shell.environment().put("PROVIDER", url);
    Outcome offline = outcome(shell.start());

    assertThat(offline.status()).as(offline.out() + offline.errors()).isZero();
    assertThat(offline.out()).contains("1 of 1 runs passed");
  }

  @Test
  void writesNoPlantedSecretToDisk() throws Exception {
    StringBuilder input = new StringBuilder();
    for (String secret : PLANTED) {
      String secrets =
          secret.startsWith("Planted-Bearer")
              ? "Authorization: Bearer " + secret
              : secret.startsWith("Planted-Password") ? "postgres://ada:" + secret + "@db" : secret;
      input.append("chat I say ").append(secrets).append('\n');
      input.append("stream I say ").append(secrets).append('\n');
      input.append("tool What time is it? ").append(secrets).append('\n');
    }
    try (ModelProvider provider = ModelProvider.builder().answers(RecordTests::answer).start()) {
      Outcome outcome = record(provider, input.toString(), "--agent-method=" + DESK + "#*");
      assertThat(outcome.status()).as(outcome.out() + outcome.errors()).isZero();
      assertThat(outcome.out()).contains(PLANTED); // the application itself has them
    }

    StringBuilder written = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder.resolve("recording"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        written.append(Files.readString(file));
      }
    }
    assertThat(written.toString()).contains("«secret:1»").doesNotContain(PLANTED);
    assertThat(written.toString()).doesNotContain("Planted").doesNotContain("PLANTED");
  }

  @Test
  void killedApplicationLeavesTheFinishedExchanges() throws Exception {
    Path cassette = folder.resolve("cassette.jsonl");
    Faults stalls = Faults.script(Fault.OK, Fault.OK, Fault.STALL);
    try (ModelProvider provider =
        ModelProvider.builder().answers(RecordTests::answer).faults(stalls).start()) {
      String first;
      String second;
      try (Child child = desk(provider).agent("record=" + cassette).start()) {
        first = child.ask("chat How are you?");
        second = child.ask("chat Who are you?");
        child.say("chat Are you there?");
        awaitRequests(provider, 3);
      }
      try (Child child = desk(provider).agent("replay=" + cassette).start()) {
        assertThat(child.ask("chat How are you?")).isEqualTo(first);
        assertThat(child.ask("chat Who are you?")).isEqualTo(second);
        assertThat(child.ask("chat Are you there?")).contains("replay of " + cassette);
      }
    }
  }

  private static void awaitRequests(ModelProvider provider, int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (provider.requests().size() < count) {
      assertThat(System.nanoTime()).as("requests: " + provider.requests()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void recordsARunningApplicationAfterAttaching() throws Exception {
    try (ModelProvider provider = ModelProvider.builder().answers(RecordTests::answer).start();
        Child child = desk(provider).start()) {
      child.ask("chat Who are you?");
      Process recorder =
          start(
              Map.of(),
              "",
              List.of(
                  "record",
                  "--agent",
                  Child.agentJar(),
                  "--agent-method=" + DESK + "#chat",
                  "--out",
                  "recording",
                  child.pid()));
      awaitText(folder.resolve("errors.txt"), "watching process " + child.pid());
      child.ask("chat How are you?");
      child.end();

      Outcome outcome = outcome(recorder);
      assertThat(outcome.status()).as(outcome.out() + outcome.errors()).isZero();
      assertThat(outcome.out()).contains("Recorded 1 exchange", "Proposed 1 golden task");
      assertThat(Files.readString(folder.resolve("recording/golden.yaml")))
          .contains("input: \"How are you?\"")
          .doesNotContain("Who are you?");
      assertThat(provider.requests()).hasSize(2);
    }
  }

  @Portable
  @Test
  void replaysARecordedCommand() throws Exception {
    String input = "chat How are you?\nstream Who are you?\ntool What time is it? Rome\n";
    Outcome recorded;
    try (ModelProvider provider = ModelProvider.builder().answers(RecordTests::answer).start()) {
      recorded = record(provider, input, "--agent-method=" + DESK + "#*");
      assertThat(recorded.status()).as(recorded.out() + recorded.errors()).isZero();
    }

    Outcome same = replay(input);
    assertThat(same.status()).as(same.errors()).isZero();
    assertThat(same.out().lines()).hasSize(4).allMatch(line -> recorded.out().contains(line));

    Outcome other = replay("chat How is she?\n");
    assertThat(other.out()).contains("threw ", "recorded \"How are you?\", asked \"How is she?\"");
  }

  private Outcome replay(String input) throws Exception {
    return gild(
        Map.of("PROVIDER", "http://127.0.0.1:9/v1"),
        input,
        List.of(
            "replay",
            "--agent",
            Child.agentJar(),
            "recording/cassette.jsonl",
            "--",
            Jdk.own().java(),
            "-cp",
            classPath(),
            LibraryMain.class.getName(),
            DESK));
  }

  private static void awaitText(Path file, String text) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.readString(file).contains(text)) {
      assertThat(System.nanoTime()).as(Files.readString(file)).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static Child.Builder desk(ModelProvider provider) {
    return Child.on(Jdk.own())
        .classPath(classPath())
        .main(LibraryMain.class, DESK)
        .provider(provider.openAiBaseUrl());
  }

  @ParameterizedTest
  @ValueSource(strings = {"replay", "record"})
  void terminatedCommandLeavesNoProcessRunning(String command) throws Exception {
    Files.writeString(folder.resolve("c.jsonl"), "{\"gild-cassette\":1,\"session\":\"s\"}\n");
    List<String> arguments = new ArrayList<>(List.of(command, "--agent", Child.agentJar()));
    if (command.equals("replay")) {
      arguments.add("c.jsonl");
    }
    arguments.addAll(List.of("--", "sh", "-c", "sleep 600; true"));
    Process gild = start(Map.of(), "", arguments);
    await(() -> gild.descendants().count() == 2 || !gild.isAlive());
    List<ProcessHandle> below = gild.descendants().toList();
    assertThat(below).hasSize(2);

    gild.destroy();

    await(() -> below.stream().noneMatch(ProcessHandle::isAlive) && !gild.isAlive());
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Portable
  @Test
  void onlyTheOwnerCanReadRecordings() throws Exception {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    Path recording = Files.createDirectories(folder.resolve("recording"));
    Path before = Files.writeString(recording.resolve("cassette.jsonl"), "{\"seq\":1,");
    Files.setPosixFilePermissions(before, PosixFilePermissions.fromString("rw-r--r--"));
    try (ModelProvider provider = ModelProvider.builder().answers(RecordTests::answer).start()) {
      Outcome outcome = record(provider, "chat hello\n", "--agent-method", DESK + "#chat");

      assertThat(outcome.status()).as(outcome.errors()).isZero();
    }
    for (String name : List.of("cassette.jsonl", "golden.yaml")) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(recording.resolve(name))))
          .as(name)
          .isEqualTo("rw-------");
    }
  }
}
