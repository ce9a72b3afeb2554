package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the script of a checkout without a build, without Java and without Maven. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for sh")
class LauncherTests {

  private static final Path ROOT = Path.of("../..");

  @TempDir private Path checkout;

  private record Ended(int status, String output) {}

  @BeforeEach
  void copy() throws IOException {
    Files.createDirectories(checkout.resolve("docs"));
    Files.copy(ROOT.resolve("gild"), checkout.resolve("gild"));
    Files.copy(ROOT.resolve("docs/commands.md"), checkout.resolve("docs/commands.md"));
    Files.writeString(checkout.resolve("mvnw"), "#!/bin/sh\necho build \"$@\"\nexit 1\n");
    assertThat(checkout.resolve("mvnw").toFile().setExecutable(true)).isTrue();
    for (String sample : List.of("demo", "benchmarks")) {
      Path folder = Files.createDirectories(checkout.resolve("samples").resolve(sample));
      Files.copy(ROOT.resolve("samples/" + sample + "/command"), folder.resolve("command"));
    }
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", checkout.resolve("gild").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "help", "--help", "-h"})
  void listsAllCommandsWithoutABuild(String argument) throws Exception {
    Ended help = argument.isEmpty() ? run() : run(argument);

    assertThat(help.status()).isZero();
    assertThat(help.output()).startsWith("Usage: gild ").contains("  demo ", "  eval ", "  bench ");
  }

  @ParameterizedTest
  @CsvSource({"help,demo", "demo,--help", "attach,-h", "help,config"})
  void printsTheUsageOfACommandWithoutABuild(String first, String second) throws Exception {
    Ended help = run(first, second);

    assertThat(help.status()).isZero();
    assertThat(help.output())
        .startsWith("Usage: gild " + (first.equals("help") ? second : first))
        .doesNotContain("build ");
  }

  @Test
  void listsTheAvailableCommands() throws Exception {
    Ended unknown = run("demoo");

    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.output())
        .startsWith("gild: unknown command \"demoo\"; use one of demo bench ")
        .doesNotContain("build ");
  }

  @ParameterizedTest
  @CsvSource({
    "demo, 'samples/demo,samples/legacy-support,samples/workflow'",
    "bench, 'samples/benchmarks,samples/spring-support'",
    "config, ''",
    "--version, ''",
  })
  void buildsTheModulesThatACommandNeeds(String command, String samples) throws Exception {
    Ended build = run(command);

    assertThat(build.status()).isEqualTo(1);
    assertThat(build.output())
        .contains(
            "build -q -DskipTests package -pl runtime/cli,javaagent/agent"
                + (samples.isEmpty() ? "" : "," + samples)
                + " -am");
  }

  @Test
  void passesHelpOfAnotherProgramOn() throws Exception {
    assertThat(run("replay", "c.jsonl", "--", "java", "--help").output()).contains("build -q");
  }

  @Test
  void everySampleWithACommandIsTested() throws IOException {
    try (Stream<Path> samples = Files.list(ROOT.resolve("samples"))) {
      assertThat(samples.filter(each -> Files.exists(each.resolve("command"))))
          .extracting(each -> each.getFileName().toString())
          .containsExactlyInAnyOrder("demo", "benchmarks");
    }
  }
}
