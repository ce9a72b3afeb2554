package io.gild.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.operations.RolloutRecord;
import io.gild.operations.RolloutRunner;
import io.gild.operations.RolloutState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole rollouts of two applications whose golden tasks decide. */
@Timeout(120)
class GoldenRolloutTests {

  /** One for the agent call, two for performance. */
  private static final int SMOKE_CALLS = 3;

  @TempDir Path folder;

  private DeskApplication stable;
  private DeskApplication canary;
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    Files.writeString(
        folder.resolve("tasks.yaml"),
        "- {id: refund, input: When?, expected: 30 days, validator: contains}\n");
    stable = DeskApplication.start(own(), question -> "30 days");
  }

  private Settings own() {
    return Settings.builder().yaml("gild.yaml", "data: " + folder.resolve("app")).build();
  }

  @AfterEach
  void stop() {
    stable.close();
    canary.close();
  }

  private RolloutRecord roll(Supplier<String> answer, Runnable onEvent) throws Exception {
    canary = DeskApplication.start(own(), question -> answer.get());
    String yaml =
        """
        data: %s
        smoke: {performance: {calls: 2, p95: 1m}}
        rollout-defaults:
          steps: [10, 100]
          step-duration: 10ms
          max-step-duration: 1m
          keep-warm: 10ms
          interval: 10ms
          criteria:
            error-rate: off
            refusal-rate: off
            latency: off
            cost: off
            golden-score: {tolerance: 0.5, min-calls: 20}
        rollouts:
          desk:
            engine: recorded
            stable: {version: '1', address: '%s'}
            canary: {version: '2', address: '%s'}
            golden:
              tasks: %s
              path: /answer
              body: '{"question": "{input}"}'
              answer: answer
              every: 2ms
        """
            .formatted(
                folder.resolve("data"), stable.url(), canary.url(), folder.resolve("tasks.yaml"));
    Settings settings = Settings.builder().yaml("gild.yaml", yaml).build();
    try (RolloutRunner runner = RolloutRunner.open(settings, "desk", folder)) {
      runner.start("ann");
      return runner.run(event -> onEvent.run(), problem -> {}, () -> false);
    }
  }

  @Test
  void promotesAVersionThatAnswersAsWell() throws Exception {
    RolloutRecord record = roll(() -> "30 days", () -> {});

    assertThat(record.state()).as(record.reason()).isEqualTo(RolloutState.PROMOTED);
    assertThat(stable.purposes).containsOnly("golden");
    assertThat(canary.purposes).contains("smoke", "golden");
  }

  @Test
  void takesBackAVersionThatAnswersWorse() throws Exception {
    RolloutRecord record =
        roll(() -> asked.incrementAndGet() <= SMOKE_CALLS ? "30 days" : "never", () -> {});

    assertThat(record.state()).as(record.reason()).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(record.reason()).contains("golden-score");
  }

  @Test
  void givesNoCallToAVersionThatFailsItsSmokeTest() throws Exception {
    RolloutRecord record = roll(() -> "never", () -> {});

    assertThat(record.state()).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(record.reason()).contains("agent-call: the golden task refund failed");
    assertThat(canary.purposes).doesNotContain("golden");
  }

  @Test
  void takesBackAVersionThatFallsSilent() throws Exception {
    AtomicBoolean stopped = new AtomicBoolean();
    RolloutRecord record =
        roll(
            () -> "30 days",
            () -> {
              if (asked.incrementAndGet() == 2 && !stopped.getAndSet(true)) {
                canary.stopServing(); // after the first share was set
              }
            });

    assertThat(record.state()).as(record.reason()).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(record.reason()).contains("the new version does not answer golden tasks");
  }
}
