package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed while it spends a budget does not give the money to the next one. */
class KilledSpenderTests {

  /** More with {@code -Dgild.kills=200}. */
  private static final int KILLS = Integer.getInteger("gild.kills", 5);

  @TempDir private Path folder;

  private static GildRuntime runtime(Path folder) {
    String yaml =
        """
        data: %s
        prices: {cent: {input: 0, output: 10000}}
        budgets: {all: {limit: 1000000, period: 36500d, where: {agent: desk}}}
        """
            .formatted(folder);
    return GildRuntime.builder()
        .settings(Settings.builder().yaml("gild.yaml", yaml).build())
        .module(new CostModule())
        .build();
  }

  /** Spends a cent by each call until it is killed, and prints what it has spent. */
  static final class Spender {

    public static void main(String[] args) {
      GildRuntime runtime = runtime(Path.of(args[0]));
      GovernedMethod desk =
          runtime.method(
              new MethodSpec(
                  CallKind.AGENT,
                  "desk",
                  "",
                  "com.acme.Desk",
                  "answer",
                  "()V",
                  List.of(),
                  Effect.NONE,
                  PolicyTree.empty()));
      for (int cents = 1; ; cents++) {
        desk.call(
            null,
            same -> {
              AgentCall.current().recordUsage("cent", Usage.of(0, 1));
              return null;
            });
        System.out.println(cents);
      }
    }
  }

  @Test
  void keepsWhatWasSpentOverKills() throws Exception {
    long acknowledged = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      acknowledged += spendUntilKilled(50 + 37 * kill);
      try (GildRuntime runtime = runtime(folder)) {
        long cents =
            Budgets.of(runtime).store().balances("all", 1).get(0).spentNanoUsd() / 10_000_000;
        assertThat(cents).isBetween(acknowledged, acknowledged + 1);
        acknowledged = cents;
      }
    }
  }

  private long spendUntilKilled(int lines) throws Exception {
    Process spender =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-cp",
                System.getProperty("java.class.path"),
                Spender.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long last = 0;
    try (BufferedReader out = spender.inputReader()) {
      for (int i = 0; i < lines; i++) {
        last = Long.parseLong(out.readLine());
      }
      spender.toHandle().destroyForcibly(); // that of the process would close what it printed
      spender.waitFor();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line.isEmpty() ? last : Math.max(last, Long.parseLong(line));
      }
    }
    return last;
  }
}
