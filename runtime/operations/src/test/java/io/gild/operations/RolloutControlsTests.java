package io.gild.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gild.config.Settings;
import io.gild.core.spi.Control;
import io.gild.gates.AuditLog;
import io.gild.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutControlsTests {

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.create();

  private RolloutControls controls() {
    return new RolloutControls(folder.resolve("rollouts"), clock);
  }

  private void write(String name, String... lines) throws IOException {
    Path file = folder.resolve("rollouts/" + name + ".rollout.jsonl");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        String.join("\n", lines) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String started(String agent) {
    return """
    {"type":"started","at":"2026-11-30T10:00:00Z","run":1,%s"from":"1","to":"2","fingerprint":"x"}\
    """
        .formatted(agent.isEmpty() ? "" : "\"agent\":\"" + agent + "\",");
  }

  private static String decided(int number, String state, int share, int second) {
    return """
    {"type":"decided","at":"2026-11-30T10:%02d:%02dZ","number":%d,"state":"%s","share":%d,"who":"gild","reason":"all is well","verdicts":[{"name":"cost","verdict":"INCONCLUSIVE"},{"name":"latency","verdict":"PASS"}]}\
    """
        .formatted(second / 60, second % 60, number, state, share);
  }

  @Test
  void showsARolloutOfAnotherProcess() throws Exception {
    String yaml =
        """
        rollouts:
          search-2:
            engine: haproxy
            traffic: {socket: /run/x.sock, backend: agents, calls: {agent: search}}
            stable: {version: "1"}
            canary: {version: "2"}
            steps: [10, 100]
        """;
    Settings settings = Settings.load(Files.writeString(folder.resolve("gild.yaml"), yaml));
    FakeTraffic traffic = new FakeTraffic();
    RolloutParts parts =
        new RolloutParts(
            RolloutPlan.of(settings, "search-2"),
            traffic,
            List.of(new FakeTelemetry(traffic)),
            folder.resolve("rollouts"),
            AuditLog.in(folder),
            told -> {},
            address -> "",
            clock);
    RolloutControls controls = controls();
    assertThat(controls.controls()).isEmpty();
    try (RolloutController controller = RolloutController.open(parts)) {
      controller.start("ada");
      controller.tick();
      clock.advance(Duration.ofSeconds(1));

      Control control = controls.controls().get(0);
      assertThat(control.name()).isEqualTo("search-2");
      assertThat(control.agent()).isEqualTo("search");
      assertThat(control.state()).isEqualTo("running");
      assertThat(control.words()).isEqualTo("the first step");
      assertThat(control.facts()).isEqualTo(Map.of("from", "1", "to", "2", "sharePercent", 10.0));
      assertThat(control.actions()).isEmpty();
      assertThatThrownBy(() -> controls.operate(control, "abort"))
          .hasMessageContaining("gild rollout");
    }
    clock.advance(Duration.ofSeconds(1));
    assertThat(controls.controls().get(0).words())
        .contains("no process controls it now", "gild rollout start search-2");
  }

  @Test
  void readsAJournalThatGrewAfterASecond() throws Exception {
    RolloutControls controls = controls();
    write("a", started("support"), decided(1, "RUNNING", 1_000, 1));
    assertThat(controls.controls()).hasSize(1);
    write("a", decided(2, "RUNNING", 5_000, 2), "{\"type\":\"problem\",\"problem\":\"no proxy\"}");

    assertThat(controls.controls().get(0).facts().get("sharePercent")).isEqualTo(10.0);
    clock.advance(Duration.ofSeconds(1));
    assertThat(controls.controls().get(0).facts())
        .isEqualTo(
            Map.of(
                "from",
                "1",
                "to",
                "2",
                "sharePercent",
                50.0,
                "verdict",
                "INCONCLUSIVE",
                "problem",
                "no proxy"));
    assertThat(controls.controls().get(0).words()).isEqualTo("no proxy");
  }

  @Test
  void showsTheOthersIfAJournalIsBroken() throws Exception {
    write("cut", started(""), decided(1, "PROMOTED", 10_000, 1), "{\"type\":\"deci");
    write("broken", "{\"type\":\"done\",\"achieved\":1}");
    write("empty");

    assertThat(controls().controls())
        .extracting(Control::name, Control::agent, Control::state)
        .containsExactly(tuple("broken", "", "unreadable"), tuple("cut", "", "promoted"));
  }

  @Test
  void keepsTheNewestOfThoseThatEnded() throws Exception {
    for (int i = 0; i < 100; i++) {
      write("r" + i, started("support"), decided(1, "ROLLED_BACK", 0, i));
    }
    write("old", started("support"), decided(1, "PAUSED", 1_000, 0));

    List<Control> shown = controls().controls();
    assertThat(shown).hasSize(22);
    assertThat(shown.get(0).name()).isEqualTo("r99");
    assertThat(shown.get(19).name()).isEqualTo("r80");
    assertThat(shown.get(20).name()).isEqualTo("old");
    assertThat(shown.get(21).kind()).isEqualTo("rollouts");
    assertThat(shown.get(21).state()).isEqualTo("20 of 100 shown");
  }
}
