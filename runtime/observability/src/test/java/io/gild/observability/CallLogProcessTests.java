package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gild.config.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the call log and its host when places of output misbehave, and at the end. */
@Timeout(120)
class CallLogProcessTests {

  @TempDir Path folder;

  @Test
  void writesEveryQueuedLineBeforeTheJvmEnds() throws Exception {
    Path file = folder.resolve("calls.jsonl");
    Process host = host(file.toString(), 1_000);

    assertThat(host.waitFor()).isZero();
    assertThat(Files.readAllLines(file)).hasSize(1_000).allMatch(line -> Json.read(line) != null);
  }

  @Test
  void doesNotHoldUpAHostWhoseStandardErrorIsNotRead() throws Exception {
    Process host = host("stderr", 20_000);

    assertThat(host.waitFor(60, TimeUnit.SECONDS)).as("the host ends").isTrue();
    assertThat(host.exitValue()).isZero();
    assertThat(output(host)).endsWith("done\n");
  }

  @Test
  void doesNotHoldUpAHostWhosePipeHasNoReader() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(makesPipe(pipe), "there is no mkfifo");
    Process host = host(pipe.toString(), 20_000);

    assertThat(host.waitFor(60, TimeUnit.SECONDS)).as("the host ends").isTrue();
    assertThat(output(host)).endsWith("done\n");
  }

  @Test
  void leavesAtMostOneCutLineWhenTheHostIsKilled() throws Exception {
    Path file = folder.resolve("calls.jsonl");
    for (int i = 0; i < 3; i++) {
      Process host = host(file.toString(), Integer.MAX_VALUE);
      long before = Files.exists(file) ? Files.size(file) : 0;
      while (host.isAlive() && (!Files.exists(file) || Files.size(file) < before + 10_000)) {
        Thread.onSpinWait();
      }
      host.destroyForcibly().waitFor();
    }

    List<String> cut = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines) {
      try {
        Json.read(line);
      } catch (IllegalArgumentException invalid) {
        cut.add(line);
      }
    }
    assertThat(lines).hasSizeGreaterThan(3);
    assertThat(cut).hasSizeLessThanOrEqualTo(3);
  }

  private Process host(String log, int calls) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CallLogProcess.class.getName(),
            "observability: {call-log: \"" + log + "\", call-log-max-bytes: 100000000}",
            Integer.toString(calls))
        .start();
  }

  private static String output(Process host) throws IOException {
    return new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .replace("\r\n", "\n");
  }

  private static boolean makesPipe(Path pipe) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
