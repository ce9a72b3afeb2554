package io.gild.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.compiler.GildProcessor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the files of {@code docs/extending.md} and runs them as they stand. */
class ExtendingTests {

  private static final Pattern FILE =
      Pattern.compile(
          "^```java\n(package ([\\w.]+);.*?^(?:public )?(?:final )?(?:class|record|@interface) (\\w+).*?)^```",
          Pattern.MULTILINE | Pattern.DOTALL);

  private static final String MAIN =
      """
      package com.acme;

      public class Main {
        public static void main(String[] questions) {
          Desk desk = Desk_Gild.gilded();
          for (String question : questions) {
            try {
              System.out.println(desk.answer(question));
            } catch (RuntimeException refused) {
              System.out.println(refused.getMessage());
            }
          }
        }
      }
      """;

  @TempDir private Path folder;
  private Path classes;

  @BeforeEach
  void compile() throws IOException {
    classes = Files.createDirectories(folder.resolve("classes"));
    List<Path> sources = new ArrayList<>();
    Matcher file = FILE.matcher(Files.readString(Path.of("../../docs/extending.md")));
    while (file.find()) {
      sources.add(write(file.group(2), file.group(3), file.group(1)));
    }
    assertThat(sources).hasSize(5);
    sources.add(write("com.acme", "Main", MAIN));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (var files = compiler.getStandardFileManager(found, null, StandardCharsets.UTF_8)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              null,
              files,
              found,
              List.of("-d", classes.toString(), "-parameters"),
              null,
              files.getJavaFileObjectsFromPaths(sources));
      task.setProcessors(List.of(new GildProcessor()));
      assertThat(task.call()).as(found.getDiagnostics().toString()).isTrue();
    }
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("io.gild.config.spi.SettingsModule"), "com.acme.limits.LimitsModule\n");
  }

  private Path write(String packageName, String name, String text) throws IOException {
    Path source = folder.resolve(packageName.replace('.', '/')).resolve(name + ".java");
    Files.createDirectories(source.getParent());
    return Files.writeString(source, text);
  }

  @Test
  void aPolicyOfAnotherModuleActsByItsAnnotation() throws Exception {
    assertThat(run("How are you?", "How are you this fine morning?"))
        .containsExactly("Let me see.", "Desk takes 20 characters, but was asked with 30.");
  }

  @Test
  void aPolicyOfAnotherModuleIsSetInTheSettings() throws Exception {
    Files.writeString(
        folder.resolve("gild.yaml"),
        "agents:\n- match: com.acme.Desk#answer\n  prompt-limit: {max-characters: 5}\n");

    assertThat(run("Hello?")).containsExactly("Desk takes 5 characters, but was asked with 6.");
  }

  @Test
  void aMistakeInItsSettingsIsNamedWithItsPlace() throws Exception {
    Files.writeString(
        folder.resolve("gild.yaml"),
        "agents:\n- match: com.acme.Desk#answer\n  prompt-limit: {max-character: 5}\n");

    assertThat(run("Hello?"))
        .anyMatch(line -> line.contains("gild.yaml:3:18") && line.contains("\"max-characters\""));
  }

  private List<String> run(String... questions) throws Exception {
    String classPath = classes + File.pathSeparator + System.getProperty("java.class.path");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "com.acme.Main"));
    command.addAll(List.of(questions));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }
}
