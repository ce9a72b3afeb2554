package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigCommandTests {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void printsEachSettingWithTheLineItComesFrom() throws Exception {
    Path file = folder.resolve("gild.yaml");
    Files.writeString(file, "mode: enforce\ntiers:\n  small: {model: my-model}\n");

    assertThat(run("config", file.toString())).isZero();
    assertThat(out.toString())
        .containsPattern("mode +enforce +\\S*gild.yaml:1:")
        .containsPattern("tiers.small.model +my-model +\\S*gild.yaml:3:")
        .containsPattern("defaults.retry.max-attempts +3 +shipped optimization.yaml");
  }

  @Test
  void printsNoPassword() throws Exception {
    Path file = folder.resolve("gild.yaml");
    Files.writeString(file, "memory: {redis: {url: \"redis://ann:secret@cache:6379/1\"}}\n");

    assertThat(run("config", file.toString())).isZero();
    assertThat(out.toString()).contains("redis://***@cache:6379/1").doesNotContain("secret");
  }

  @Test
  void namesEveryMistakeWithItsPlace() throws Exception {
    Path file = folder.resolve("gild.yaml");
    Files.writeString(file, "mod: enforce\nagents:\n- match: a.B#c\n  retry: {max-attempts: 0}\n");

    assertThat(run("config", file.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("gild.yaml:1:1: mod: unknown key. Did you mean \"mode\"?")
        .contains("max-attempts must be >= 1, but is 0");
  }

  @Test
  void printsTheSchema() {
    assertThat(run("config", "--schema")).isZero();
    assertThat(out.toString()).contains("https://json-schema.org/draft/2020-12/schema");
  }

  @Test
  void suggestsTheNearestCommand() {
    assertThat(run("confg")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean: gild config");
  }

  private int run(String... args) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  void namesRulesThatMatchNothingInAClassPath() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("gild.yaml"),
            """
            agents:
              - match: io.gild.cli.ConfigComand#call
                cache: {}
              - match: io.gild.cli.ConfigCommand#cal
                cache: {}
              - match: io.gild.cli.*Command#call
                name: command
                cache: {}
              - agent: comand
                retry: {}
            """);

    int status = run("config", file.toString(), "--check", "--classpath", "target/classes");

    assertThat(status).isEqualTo(1);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(file + ":2:")
                    .endsWith(
                        "agents[0] matches no class: io.gild.cli.ConfigComand is not in the class path. Did you mean \"io.gild.cli.ConfigCommand\"?"),
            line ->
                assertThat(line)
                    .startsWith(file + ":4:")
                    .contains(
                        "agents[1] matches no method: io.gild.cli.ConfigCommand#cal names none of ")
                    .endsWith("Did you mean \"call\"?"),
            line ->
                assertThat(line)
                    .endsWith(
                        "agents[3] names agent \"comand\", which no annotation and no rule defines. Did you mean \"command\"?"));
  }

  @Test
  void namesServedMethodsThatAreNotInAClassPath() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("gild.yaml"),
            """
            a2a:
              serve:
                - match: io.gild.cli.ConfigCommand#call
                - match: io.gild.cli.ConfigCommand#cal
                  name: other
            agents:
              - agent: ConfigCommand
                retry: {}
            """);

    int status = run("config", file.toString(), "--check", "--classpath", "target/classes");

    assertThat(status).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains(": a2a.serve[1] matches no method: io.gild.cli.ConfigCommand#cal names none of ")
        .endsWith("Did you mean \"call\"?");
  }
}
