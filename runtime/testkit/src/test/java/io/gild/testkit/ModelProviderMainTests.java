package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelProviderMainTests {

  @TempDir private Path folder;

  @Test
  void printsItsUrlFirstAndAnswersFromAFile() throws Exception {
    Path answers = folder.resolve("answers.jsonl");
    Files.writeString(answers, "{\"contains\":\"Refund\",\"answer\":\"Within 30 days.\"}\n");
    Process process = start("--port", "0", "--seed", "7", "--answers", answers.toString());
    try (BufferedReader out = process.inputReader()) {
      String url = out.readLine();
      String body =
          "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"my refund?\"}]}";

      assertThat(Wire.post(url + "/v1/chat/completions", body).body()).contains("Within 30 days.");
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void refusesAnUnknownOption() throws Exception {
    Process process = start("--prot", "0");

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(process.errorReader().readLine()).contains("--prot").contains("--port");
  }

  private static Process start(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ModelProviderMain.class.getName());
    command.addAll(List.of(options));
    return new ProcessBuilder(command).start();
  }
}
