package io.gild.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.GildRuntime;
import io.gild.memory.AgentMemory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore whose process is killed leaves the old state or the new one. */
class KilledRestoreTests {

  private static final int KILLS = 20;
  private static final int ITEMS = 150;

  @TempDir private Path folder;

  /** Restores a twin, then the other one, and so on, until it is killed. */
  static final class Main {

    public static void main(String[] arguments) throws IOException {
      Path data = Path.of(arguments[0]);
      for (int i = 0; ; i++) {
        try (Desk desk = Desk.restoring(data)) {
          desk.restore().run(TwinFile.open(Path.of(arguments[1 + i % 2])), false);
        }
        if (i == 1) {
          System.out.println("ready");
          System.out.flush();
        }
      }
    }
  }

  @Test
  void leavesTheOldStateOrTheNewOne() throws Exception {
    Path data = folder.resolve("data");
    TwinFile one = state(data, "one");
    TwinFile other = state(data, "other");
    List<String> first = Desk.content(one);
    List<String> second = Desk.content(other);
    assertThat(first).hasSize(2 * ITEMS).doesNotContainAnyElementsOf(second);
    Random random = new Random(1);
    Set<Boolean> seen = new HashSet<>();
    int interrupted = 0;
    for (int i = 0; i < KILLS; i++) {
      kill(data, one, other, random.nextInt(400));
      interrupted += Files.isDirectory(data.resolve("restores")) && isPending(data) ? 1 : 0;
      try (GildRuntime runtime =
          GildRuntime.builder().settings(Desk.settings(data)).module(new TwinModule()).build()) {
        List<String> now =
            Desk.content(
                TwinSnapshot.builder("desk", runtime.settings())
                    .memory(AgentMemory.of(runtime), true)
                    .build());
        assertThat(now.equals(first) || now.equals(second))
            .as("after kill %d: %s", i, now.size())
            .isTrue();
        seen.add(now.equals(first));
      }
    }
    assertThat(interrupted).as("kills in the middle of a restore").isPositive();
    assertThat(seen).as("states seen").hasSize(2);
  }

  private static boolean isPending(Path data) throws IOException {
    try (var files = Files.list(data.resolve("restores"))) {
      return files.anyMatch(file -> file.toString().endsWith(".twin"));
    }
  }

  /** Makes a state of which nothing is in the other one. */
  private TwinFile state(Path data, String name) {
    try (Desk desk = Desk.restoring(data)) {
      for (var tenant : List.of("", "acme")) {
        desk.memory().memories().forgetTenant(tenant);
        desk.memory()
            .sessions()
            .store()
            .sessions(tenant)
            .forEach(key -> desk.memory().sessions().store().delete(key));
      }
      for (int i = 0; i < ITEMS; i++) {
        String tenant = i % 2 == 0 ? "" : "acme";
        desk.remember("m" + i, tenant, "desk", name + " fact number " + i);
        desk.say(tenant, "desk", "s" + i, name + " question " + i, name + " answer " + i);
      }
      return TwinFile.write(folder.resolve(name + ".twin"), desk.snapshot());
    }
  }

  private static void kill(Path data, TwinFile one, TwinFile other, int millis) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.add(Main.class.getName());
    command.addAll(List.of(data.toString(), one.path().toString(), other.path().toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("ready");
      process.waitFor(millis, TimeUnit.MILLISECONDS); // the moment of the kill
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static String classPath() {
    return System.getProperty("java.class.path") + File.pathSeparator + modulePath();
  }

  private static String modulePath() {
    return System.getProperty("jdk.module.path", "");
  }
}
