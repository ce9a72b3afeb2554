package io.gild.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the JVM of a run again and again; {@code -Dgild.kills=N} sets how often. */
class KilledRunTests {

  @TempDir Path folder;

  @Test
  void doesEachSideEffectOnceHoweverOftenItsJvmIsKilled() throws Exception {
    Random random = new Random(7);
    int kills = Integer.getInteger("gild.kills", 6);
    int killed = 0;
    int round = 0;
    while (killed < kills) {
      Path place = Files.createDirectories(folder.resolve("run" + round++));
      while (killed < kills && !over(place)) {
        killed += killSoon(place, random.nextInt(120)) ? 1 : 0;
      }
      finish(place);
      List<String> done = Files.readAllLines(place.resolve("done.txt"));
      assertThat(done).doesNotHaveDuplicates().hasSize(KilledRun.expectedEffects());
    }
  }

  private static boolean over(Path place) {
    Path runs = place.resolve("runs");
    RunFolder files = new RunFolder(runs);
    return files.exists(KilledRun.ID) && isOver(files);
  }

  private static boolean isOver(RunFolder files) {
    try {
      return files.read(KilledRun.ID).state().isFinal();
    } catch (OrchestrationException killedBeforeItsFirstLine) {
      return false;
    }
  }

  private static Process start(Path place) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledRun.class.getName(),
            place.toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Returns whether the JVM was killed before it ended by itself. */
  private static boolean killSoon(Path place, int millis) throws Exception {
    Process child = start(place);
    try (BufferedReader out = reader(child)) {
      String line = out.readLine();
      assertThat(line).isEqualTo("ready");
      boolean ended = child.waitFor(millis, TimeUnit.MILLISECONDS);
      child.destroyForcibly();
      child.waitFor();
      return !ended;
    }
  }

  private static void finish(Path place) throws Exception {
    Process child = start(place);
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = reader(child)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    }
    assertThat(child.waitFor()).as(String.join("\n", lines)).isZero();
  }

  private static BufferedReader reader(Process child) {
    return new BufferedReader(
        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
  }
}
