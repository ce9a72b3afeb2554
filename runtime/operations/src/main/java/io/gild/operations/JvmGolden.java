package io.gild.operations;

import io.gild.config.Settings;
import io.gild.judging.CallSamples;
import io.gild.judging.TrafficInterval;
import io.gild.operations.spi.TelemetrySource;
import io.gild.operations.spi.TrialsSource;
import io.gild.operations.spi.VersionTester;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The golden tasks of a rollout in this JVM, if it has any: asked from the first reading until the
 * rollout is over.
 */
final class JvmGolden implements TelemetrySource {

  private static final TrafficInterval NOTHING =
      new TrafficInterval(CallSamples.none(), CallSamples.none(), List.of());

  private final RolloutPlan plan;
  private final Settings settings;
  private final TrialsSource trials;
  private @Nullable TelemetrySource asked;

  JvmGolden(RolloutPlan plan, Settings settings, TrialsSource trials) {
    this.plan = plan;
    this.settings = settings;
    this.trials = trials;
  }

  /**
   * Reads the tasks anew.
   *
   * @throws RolloutException if they cannot be asked
   */
  void check() throws RolloutException {
    end();
    if (plan.settings().golden() != null) {
      asked = tester().golden(plan, settings, trials);
    }
  }

  private VersionTester tester() throws RolloutException {
    // Under a javaagent, the loader of this class has the testers, and that of the thread has none.
    return ServiceLoader.load(VersionTester.class, VersionTester.class.getClassLoader())
        .findFirst()
        .orElseThrow(() ->
            new RolloutException(
                "the golden tasks of the rollout "
                    + plan.name()
                    + " need gild-smoke on the class path"));
  }

  @Override
  public TrafficInterval read() throws RolloutException {
    if (plan.settings().golden() == null) {
      return NOTHING;
    }
    if (asked == null) {
      check(); // another JVM, or this one before a restart, started the rollout
    }
    TelemetrySource known = asked;
    return known == null ? NOTHING : known.read();
  }

  /** Stops asking; a further reading begins again. */
  void end() {
    TelemetrySource known = asked;
    asked = null;
    if (known != null) {
      known.close();
    }
  }

  @Override
  public void close() {
    end();
  }
}
