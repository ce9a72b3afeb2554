package io.gild.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTests {

  private static final String DESK =
      """
      package com.acme;

      import com.openai.client.OpenAIClient;

      class %s {
        OpenAIClient client;

        // Grüße
        Object answer(Object question) {
          return client.chat().completions().create(question);
        }
      }
      """;

  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <artifactId>acme</artifactId>
      </project>
      """;

  @TempDir private Path root;

  @Test
  void keepsWindowsLineEndsAndLatinLetters() throws IOException {
    byte[] before =
        DESK.formatted("Desk").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    Path file = write("src/main/java/com/acme/Desk.java", before);

    change(".").write();

    String after = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(after).contains("@CostTracked\r\n").contains("Grüße").contains("@Agent(name");
    assertThat(after.replace("\r\n", "")).doesNotContain("\n");
    String removed =
        after
            .lines()
            .filter(line -> !line.contains("Agent") && !line.contains("CostTracked"))
            .collect(Collectors.joining("\r\n", "", "\r\n"));
    assertThat(removed.getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(before);
  }

  @Test
  void changesNothingTheSecondTime() throws IOException {
    write("pom.xml", POM);
    write("src/main/java/com/acme/Desk.java", DESK.formatted("Desk"));
    ModuleChange first = change(".");
    assertThat(first.report().changed())
        .containsExactly("src/main/java/com/acme/Desk.java", "pom.xml");
    first.write();

    ModuleChange second = change(".");

    assertThat(second.isEmpty()).isTrue();
    assertThat(second.report().agents()).hasSize(1);
    assertThat(second.report().agents().get(0).methods().get(0).advice())
        .extracting(Advice::verdict)
        .containsExactly(Advice.Verdict.PRESENT);
  }

  @Test
  void writesAPatchThatGitApplies() throws Exception {
    write("pom.xml", POM);
    Path file =
        write("src/main/java/com/acme/Desk.java", DESK.formatted("Desk").replace("\n", "\r\n"));
    ModuleChange change = change(".");
    Path patch = Files.write(root.resolve("change.patch"), change.patch());

    Process git =
        new ProcessBuilder("git", "-c", "core.autocrlf=false", "apply", patch.toString())
            .directory(root.toFile())
            .inheritIO()
            .start();

    assertThat(git.waitFor()).isZero();
    byte[] applied = Files.readAllBytes(file);
    change.write();
    assertThat(applied).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void restoresTheFilesByteForByte() throws IOException {
    Path file = write("src/main/java/com/acme/Desk.java", DESK.formatted("Desk"));
    byte[] before = Files.readAllBytes(file);
    ModuleChange change = change(".");
    change.write();
    assertThat(Files.readAllBytes(file)).isNotEqualTo(before);

    change.takeBack();

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void namesEachAgentOnce() throws IOException {
    write("one/src/main/java/com/acme/Desk.java", DESK.formatted("Desk"));
    write(
        "two/src/main/java/org/acme/Desk.java",
        DESK.formatted("Desk").replace("package com.acme", "package org.acme.two"));
    Migration migration = new Migration(root, false, "1.0");

    List<String> names =
        List.of("one", "two").stream().map(each -> agents(migration, each).get(0).name()).toList();

    assertThat(migration.modules()).containsExactly("one", "two");
    assertThat(names).containsExactly("Desk", "two.Desk");
  }

  @Test
  void reportsWhatItLeaves() throws IOException {
    write("src/main/java/com/acme/Broken.java", DESK.formatted("Broken").replace("class", "klass"));
    write(
        "src/main/java/com/acme/Made.java",
        DESK.formatted("Made").replace("class", "@Generated\nclass"));
    write("src/main/kotlin/Desk.kt", "import com.openai.client.OpenAIClient\n");
    write("target/generated-sources/com/acme/Built.java", DESK.formatted("Built"));

    ModuleReport report = change(".").report();

    assertThat(report.changed()).isEmpty();
    assertThat(report.notes())
        .anyMatch(note -> note.contains("Broken.java: does not parse, left as it is: line "))
        .anyMatch(note -> note.contains("Desk.kt: calls a model, but is not Java"));
    assertThat(report.agents())
        .singleElement()
        .satisfies(agent -> assertThat(agent.refusal()).startsWith("generated code"));
  }

  @Test
  void findsServicesAndLambdasInFields() throws IOException {
    write(
        "src/main/java/com/acme/Desk.java",
        """
        package com.acme;

        import dev.langchain4j.service.AiServices;

        class Desk {
          private final Assistant assistant = AiServices.create(Assistant.class, null);
          private final java.util.function.UnaryOperator<String> ask = q -> assistant.reply(q);

          String answer(String question) {
            return ask.apply(question);
          }

          interface Assistant {
            String reply(String question);
          }
        }
        """);

    assertThat(change(".").report().agents())
        .singleElement()
        .satisfies(agent -> assertThat(agent.methods().get(0).name()).isEqualTo("answer"));
  }

  @Test
  void namesTheKnownModules() throws IOException {
    Migration migration = new Migration(root, false, "1.0");

    assertThatThrownBy(() -> migration.change("other"))
        .hasMessageContaining("no module \"other\"")
        .hasMessageContaining("use one of .");
  }

  private static List<AgentReport> agents(Migration migration, String module) {
    try {
      return migration.change(module).report().agents();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ModuleChange change(String module) throws IOException {
    return new Migration(root, false, "1.0").change(module);
  }

  private Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }
}
