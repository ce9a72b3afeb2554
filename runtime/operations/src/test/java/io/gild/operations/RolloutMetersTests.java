package io.gild.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.judging.CanaryVerdict;
import io.gild.testkit.RecordedMeters;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RolloutMetersTests {

  private static final String YAML =
      """
      rollouts:
        search-2:
          agent: search
          engine: jvm
          stable: {version: "1"}
          canary: {version: "2", model: gpt-4o}
      """;

  private final GildRuntime runtime = GildRuntime.builder().build();
  private final RecordedMeters recorded = RecordedMeters.of(runtime.meters());

  @Test
  void showsShareStateAndVerdictAndCountsRollbacks() throws RolloutException {
    RolloutPlan plan =
        RolloutPlan.of(Settings.builder().yaml("gild.yaml", YAML).build(), "search-2");
    RolloutMeters meters = new RolloutMeters(plan, runtime.meters());
    assertThat(value("gild.rollout.rollbacks")).hasValue(0);

    meters.update(25, RolloutState.RUNNING, CanaryVerdict.INCONCLUSIVE);
    assertThat(value("gild.rollout.share")).hasValue(25);
    assertThat(value("gild.rollout.state", "running")).hasValue(1);
    assertThat(value("gild.rollout.state", "paused")).hasValue(0);
    assertThat(value("gild.rollout.verdict", "inconclusive")).hasValue(1);

    meters.update(0, RolloutState.ROLLING_BACK, CanaryVerdict.FAIL);
    meters.update(0, RolloutState.ROLLING_BACK, CanaryVerdict.FAIL);
    meters.update(0, RolloutState.ROLLED_BACK, CanaryVerdict.FAIL);
    assertThat(value("gild.rollout.rollbacks")).hasValue(1);
    assertThat(value("gild.rollout.verdict", "fail")).hasValue(0);

    meters.close();
    assertThat(value("gild.rollout.share")).isEmpty();
    assertThat(value("gild.rollout.rollbacks")).hasValue(1);
  }

  private OptionalDouble value(String name, String... more) {
    String[] values = new String[2 + more.length];
    values[0] = "search-2";
    values[1] = "search";
    System.arraycopy(more, 0, values, 2, more.length);
    return recorded.value(name, values);
  }
}
