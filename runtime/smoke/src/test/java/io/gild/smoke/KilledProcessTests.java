package io.gild.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gild.config.Settings;
import io.gild.smoke.spi.SmokeFinding.Outcome;
import io.gild.smoke.spi.SmokeTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed leaves its control file behind. */
class KilledProcessTests {

  @TempDir Path folder;

  @Test
  void failsWhatIsTestedAfterTheEndOfTheProcess() throws Exception {
    Path data = folder.resolve("data");
    Files.writeString(
        folder.resolve("tasks.yaml"),
        "- {id: refund, input: When?, expected: 30 days, validator: contains}\n");
    Process process = start(data);
    try {
      Settings settings = settings(address(process), data);
      SmokeTarget target = SmokeTarget.ofProcess(process.pid(), settings, data);
      SmokeRun run = SmokeRun.of(target, settings);
      assertThat(run.report().failures()).isEmpty();
      assertThat(run.run(SmokeTest.TELEMETRY).outcome()).isEqualTo(Outcome.PASSED);

      process.destroyForcibly().waitFor();

      for (SmokeTest each :
          List.of(
              SmokeTest.HEALTH,
              SmokeTest.AUTHENTICATION,
              SmokeTest.AGENT_CALL,
              SmokeTest.CACHE,
              SmokeTest.PERFORMANCE,
              SmokeTest.TELEMETRY)) {
        assertThat(run.run(each).outcome()).as(each.key()).isEqualTo(Outcome.FAILED);
      }
      assertThat(data.resolve("control/" + process.pid() + ".json")).exists();
      assertThat(ControlPoint.living(data)).isEmpty();
      assertThatExceptionOfType(SmokeException.class)
          .isThrownBy(() -> SmokeTarget.ofProcess(process.pid(), settings, data))
          .withMessageContaining("there is no process");
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Path data) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath(),
            DeskMain.class.getName(),
            data.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String classPath() {
    String modules = System.getProperty("jdk.module.path", "");
    String classes = System.getProperty("java.class.path");
    return modules.isEmpty() ? classes : modules + System.getProperty("path.separator") + classes;
  }

  @SuppressWarnings("resource") // ends with the process
  private static String address(Process process) throws IOException {
    BufferedReader printed = process.inputReader(StandardCharsets.UTF_8);
    String line = printed.readLine();
    while (line != null && !line.startsWith("address ")) {
      line = printed.readLine();
    }
    assertThat(line).as("the address that the process prints").isNotNull();
    return line.substring("address ".length());
  }

  private Settings settings(String address, Path data) {
    return Settings.builder()
        .yaml(
            "gild.yaml",
            """
            data: %s
            smoke:
              url: %s
              golden: {tasks: %s, path: /answer, body: '{"question": "{input}"}', answer: answer}
              performance: {calls: 2, p95: 30s}
            """
                .formatted(data, address, folder.resolve("tasks.yaml")))
        .build();
  }
}
