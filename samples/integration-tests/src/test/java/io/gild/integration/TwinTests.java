package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.library.LangChain4jDesk;
import com.acme.library.LibraryMain;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code gild twin} with an agent that the javaagent records. */
class TwinTests {

  private static final List<String> LANGCHAIN4J =
      List.of(
          "dev.langchain4j:langchain4j-core:1.20.0",
          "dev.langchain4j:langchain4j:1.19.0",
          "dev.langchain4j:langchain4j-open-ai:1.19.0",
          "org.slf4j:slf4j-nop:2.0.17");

  private static final String DESK = LangChain4jDesk.class.getName();
  private static final String CHAT = DESK + "#chat";
  private static final String CASSETTE = "recording/cassette.jsonl";

  @TempDir Path folder;

  /** The result of a command. */
  private record Outcome(int status, String out, String errors) {}

  private static String classPath() {
    return Path.of("target/test-classes").toAbsolutePath()
        + File.pathSeparator
        + ClassPaths.of(LANGCHAIN4J);
  }

  private Outcome gild(String provider, String input, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Jdk.own().java(),
                "-Dgild.agent.jar=" + Child.agentJar(),
                "-jar",
                System.getProperty("gild.cli.jar")));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Files.writeString(folder.resolve("in.txt"), input).toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(Map.of("PROVIDER", provider));
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("gild does not end: " + Files.readString(errors));
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(errors));
  }

  private Outcome succeeds(String provider, String... arguments) throws Exception {
    Outcome outcome = gild(provider, "", arguments);
    assertThat(outcome.status()).as(outcome.out() + outcome.errors()).isZero();
    return outcome;
  }

  @Test
  void simulatesWhatTheJavaagentRecorded() throws Exception {
    String url;
    try (ModelProvider provider =
        ModelProvider.builder()
            .answers(request -> ModelAnswer.text("You said: " + request.lastText()))
            .start()) {
      url = provider.openAiBaseUrl();
      Outcome recorded =
          gild(
              url,
              "chat How are you?\nchat Who are you?\nchat How are you?\n",
              "record",
              "--agent-method=" + CHAT,
              "--out",
              "recording",
              "--",
              Jdk.own().java(),
              "-cp",
              classPath(),
              LibraryMain.class.getName(),
              DESK);
      assertThat(recorded.status()).as(recorded.out() + recorded.errors()).isZero();
    }
    String cassette = Files.readString(folder.resolve(CASSETTE));
    assertThat(cassette)
        .as("times of calls")
        .containsPattern("\"kind\":\"agent\".*\"at\":\"20[^\"]+Z\",\"millis\":\\d+");
    String model = cassette.replaceAll("(?s).*\"model\":\"([^\"]+)\".*", "$1");
    String prices = "prices: {'" + model + "': {input: 1000000, output: 1000000}}\n";
    Files.writeString(folder.resolve("gild.yaml"), prices);
    Files.writeString(
        folder.resolve("cached.yaml"),
        prices + "agents: [{match: '" + CHAT + "', cache: {ttl: 1h}}]\n");

    Outcome snapshot =
        succeeds(url, "twin", "snapshot", "LangChain4jDesk", "--out", "t", "--cassette", CASSETTE);
    assertThat(snapshot.out()).contains("methods 1");
    succeeds(url, "twin", "diff", "t", "--cassette", CASSETTE);

    Outcome simulated =
        succeeds(
            url,
            "twin",
            "simulate",
            "t",
            "--cassette",
            CASSETTE,
            "--settings",
            "cached.yaml",
            "--classpath",
            classPath(),
            "--agent",
            CHAT);
    assertThat(simulated.out())
        .contains("LangChain4jDesk: 3 recorded calls", "answers that differ  0")
        .containsPattern("answered +3 -> 2")
        .containsPattern("cached +0 -> 1")
        .containsPattern("cost +\\$[1-9]\\d* -> \\$[1-9]\\d*")
        .contains("new code: 2 of 2 recorded answers are the same");

    Files.writeString(
        folder.resolve(CASSETTE),
        cassette.replace("\"answer\":\"You said: Who", "\"answer\":\"I said: Who"));
    Outcome changed =
        succeeds(
            url,
            "twin",
            "simulate",
            "t",
            "--cassette",
            CASSETTE,
            "--classpath",
            classPath(),
            "--agent",
            CHAT);
    assertThat(changed.out())
        .contains("new code: 1 of 2 recorded answers are the same")
        .contains("[\"Who are you?\"]: You said: Who are you?");
  }
}
