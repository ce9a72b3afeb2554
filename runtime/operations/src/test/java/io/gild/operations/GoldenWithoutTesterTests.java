package io.gild.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gild.config.Settings;
import io.gild.operations.spi.TrialsSource;
import org.junit.jupiter.api.Test;

/** Golden tasks in one JVM, without the module that asks them. */
class GoldenWithoutTesterTests {

  private static final TrialsSource NONE =
      () -> {
        throw new RolloutException("no versions are asked here");
      };

  private static JvmGolden golden(String golden) throws RolloutException {
    Settings settings =
        Settings.builder()
            .yaml(
                "gild.yaml",
                """
                rollouts:
                  desk-2:
                    agent: desk
                    stable: {version: '1'}
                    canary: {version: '2', model: gpt-5-mini}
                    golden: %s
                """
                    .formatted(golden))
            .build();
    return new JvmGolden(RolloutPlan.of(settings, "desk-2"), settings, NONE);
  }

  @Test
  void namesTheMissingArtefact() throws Exception {
    JvmGolden golden = golden("{tasks: tasks.yaml}");

    assertThatExceptionOfType(RolloutException.class)
        .isThrownBy(golden::check)
        .withMessageContaining("desk-2 need gild-smoke on the class path");
    assertThatExceptionOfType(RolloutException.class).isThrownBy(golden::read);
  }

  @Test
  void needsNothingWithoutGoldenTasks() throws Exception {
    JvmGolden golden = golden("null");

    golden.check();

    assertThat(golden.read().golden()).isEmpty();
  }
}
