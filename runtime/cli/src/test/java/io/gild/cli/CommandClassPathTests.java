package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandClassPathTests {

  private static final Path HERE = Path.of("");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java -cp a.jar:b:none Main -cp c|a.jar:b",
        "/usr/bin/java -Xmx1g -classpath a Main|a",
        "java --class-path a -jar b.jar|b.jar",
        "java --class-path=a --add-opens java.base/java.lang=ALL-UNNAMED Main|a",
        "java --add-modules -cp -cp a Main|a",
        "java -Dx=y -jar app.jar -cp c|app.jar",
        "java Main|."
      })
  void isReadFromTheCommand(String command, String expected) throws IOException {
    for (String file : List.of("a", "b", "a.jar", "b.jar", "c", "app.jar")) {
      Files.writeString(folder.resolve(file), "");
    }

    assertThat(CommandClassPath.of(Arrays.asList(command.split(" ")), folder, Map.of()))
        .isEqualTo(
            Arrays.stream(expected.split(":"))
                .map(entry -> folder.resolve(entry).toString())
                .collect(Collectors.joining(":")));
  }

  @ParameterizedTest
  @CsvSource({"mvn test", "./run.sh", "java @args Main", "java -m a/b", "java -jar", "''"})
  void isUnknownForOtherCommands(String command) {
    assertThat(CommandClassPath.of(List.of(command.split(" ")), HERE, Map.of())).isNull();
  }

  @Test
  void comesFromTheEnvironmentOtherwise() {
    assertThat(CommandClassPath.of(List.of("java", "Main"), HERE, Map.of("CLASSPATH", "src")))
        .isEqualTo("src");
  }

  @Test
  void wildcardsIncludeJars() throws IOException {
    Files.createDirectories(folder.resolve("classes"));
    Files.writeString(Files.createDirectories(folder.resolve("lib")).resolve("b.jar"), "");
    Files.writeString(folder.resolve("lib/a.jar"), "");
    Files.writeString(folder.resolve("lib/c.txt"), "");

    assertThat(CommandClassPath.of(List.of("java", "-cp", "classes:lib/*", "M"), folder, Map.of()))
        .isEqualTo(
            String.join(
                ":",
                folder.resolve("classes").toString(),
                folder.resolve("lib/a.jar").toString(),
                folder.resolve("lib/b.jar").toString()));
  }

  @Test
  void aShellReadsTheSameWords() throws Exception {
    List<String> words =
        List.of("com.acme.App$Assistant#ask", "it's", "a b", "*", "~", "\"q\"", "plain-1.0", "\\");

    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\n' " + ShellWords.join(words)).start();

    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
        .containsExactlyElementsOf(words);
    assertThat(ShellWords.join(List.of("a.jar:b/c", "x"))).isEqualTo("a.jar:b/c x");
  }
}
