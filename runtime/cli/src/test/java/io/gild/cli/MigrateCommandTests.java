package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command, on two modules with real git and a stand-in for Maven. */
@DisabledOnOs(OS.WINDOWS)
class MigrateCommandTests {

  private static final String DESK =
      """
      package com.acme.%1$s;

      import dev.langchain4j.model.chat.ChatModel;

      /** Answers. */
      public class %2$s {

        private final ChatModel model;

        public %2$s(ChatModel model) {
          this.model = model;
        }

        public String answer(String question) {
          return model.chat(question); // as ever
        }
      }
      """;

  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>com.acme</groupId>
        <artifactId>%s</artifactId>
        <version>1.0</version>
        %s
      </project>
      """;

  @TempDir private Path folder;

  private Path root;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeTheTree() throws Exception {
    root = Files.createDirectory(folder.resolve("services"));
    write(
        "pom.xml",
        POM.formatted("services", "<modules><module>a</module><module>b</module></modules>"));
    write("a/pom.xml", POM.formatted("a", ""));
    write("b/pom.xml", POM.formatted("b", ""));
    write("a/src/main/java/com/acme/a/Desk.java", DESK.formatted("a", "Desk"));
    write("b/src/main/java/com/acme/b/Clerk.java", DESK.formatted("b", "Clerk"));
    git("init", "-q");
    git("add", "-A");
    commit();
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void commit() throws Exception {
    git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "x");
  }

  private int git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process git =
        new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
    String printed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor(30, TimeUnit.SECONDS)).as(printed).isTrue();
    return git.exitValue();
  }

  private int migrate(String... more) {
    List<String> arguments = new ArrayList<>(List.of("migrate", root.toString()));
    arguments.addAll(Arrays.asList(more));
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments.toArray(String[]::new));
  }

  private String text(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }

  private Map<String, String> sources() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        if (name.endsWith(".java") || name.endsWith("pom.xml")) {
          all.put(name, Files.readString(file));
        }
      }
    }
    return all;
  }

  @Test
  void writesPatchesThatGitAcceptsAndChangesNothing() throws Exception {
    Map<String, String> before = sources();

    assertThat(migrate()).as("%s", err).isZero();

    assertThat(sources()).isEqualTo(before);
    assertThat(out.toString()).contains("Desk", "Clerk", "@CostTracked");
    for (String module : List.of("a", "b")) {
      Path patch = root.resolve(".gild/migrate/" + module + ".patch");
      assertThat(git("apply", patch.toString())).isZero();
    }
    assertThat(text("a/src/main/java/com/acme/a/Desk.java"))
        .contains("@Agent(name = \"Desk\")", "@CostTracked", "// as ever");
  }

  @Test
  void writesOnceAndThenChangesNothing() throws Exception {
    assertThat(migrate("--write")).as("%s", err).isZero();
    Map<String, String> after = sources();
    assertThat(after.get("b/src/main/java/com/acme/b/Clerk.java")).contains("@CostTracked");
    assertThat(after.get("a/pom.xml")).contains("gild-annotations", "<goal>weave</goal>");

    assertThat(migrate("--write", "--allow-dirty")).isZero();
    assertThat(sources()).isEqualTo(after);
  }

  @Test
  void refusesATreeWithChangesThatGitDoesNotHave() throws Exception {
    write("a/notes.txt", "mine");

    assertThat(migrate("--write")).isEqualTo(1);
    assertThat(err.toString()).contains("has changes that are not in git; commit them, or pass");
    assertThat(text("a/pom.xml")).doesNotContain("gild");
    assertThat(migrate()).as("a dry run").isZero();
    assertThat(migrate("--write", "--allow-dirty")).isZero();
    assertThat(text("a/notes.txt")).isEqualTo("mine");
  }

  @Test
  void takesBackTheModuleAloneWhoseBuildBreaks() throws Exception {
    write(
        "mvnw",
        """
        #!/bin/sh
        case "$*" in
          *"-pl b"*) echo "[ERROR] cannot find symbol"; exit 1;;
        esac
        """);
    assertThat(root.resolve("mvnw").toFile().setExecutable(true)).isTrue();
    git("add", "-A");
    commit();
    Map<String, String> before = sources();

    assertThat(migrate("--write", "--verify")).isEqualTo(1);

    assertThat(sources().get("b/pom.xml")).isEqualTo(before.get("b/pom.xml"));
    assertThat(text("b/src/main/java/com/acme/b/Clerk.java"))
        .isEqualTo(before.get("b/src/main/java/com/acme/b/Clerk.java"));
    assertThat(text("a/src/main/java/com/acme/a/Desk.java")).contains("@CostTracked");
    assertThat(out.toString()).contains("[ERROR] cannot find symbol");
  }

  @Test
  void reportsATreeThatIsReadOnly() throws Exception {
    Path source = root.resolve("b/src/main/java/com/acme/b/Clerk.java");
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("r--r--r--"));
    assumeTrue(!Files.isWritable(source), "this user may write read-only files");

    assertThat(migrate("--write")).isEqualTo(1);

    assertThat(out.toString()).contains("read-only", "Clerk.java");
    assertThat(text("b/pom.xml")).doesNotContain("gild");
    assertThat(text("a/pom.xml")).contains("gild");
  }

  @Test
  void addsTheFiguresOfAnInventory() throws Exception {
    Path inventory = folder.resolve("inventory.json");
    Files.writeString(
        inventory,
        """
        {"seconds": 3600, "agents": [{"name": "desk", "entry": "com.acme.a.Desk#answer", "calls": 1200,
          "failed": 84, "repeats": 300, "costUsd": 4.5, "places": [], "proposals": [], "notes": []}]}
        """);
    Path json = folder.resolve("report.json");

    assertThat(migrate("--inventory=" + inventory, "--json=" + json, "--module=a")).isZero();

    assertThat(out.toString()).contains("1,200", "84").doesNotContain("Clerk");
    assertThat(Files.readString(json)).contains("com.acme.a", "1,200 calls");
  }

  @Test
  void namesWhatItDoesNotFind() {
    assertThat(migrate("--module=c")).isEqualTo(2);
    assertThat(err.toString()).contains("no module \"c\"; use one of");
    CommandLine line = Main.commandLine().setErr(new PrintWriter(err, true));
    assertThat(line.execute("migrate", folder.resolve("absent").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no folder");
    assertThat(migrate("--inventory=" + folder.resolve("absent.json"))).isEqualTo(2);
    assertThat(migrate("--traffic=" + folder.resolve("absent.jsonl"))).isEqualTo(2);
    assertThat(err.toString()).contains("no inventory", "no cassette");
  }
}
