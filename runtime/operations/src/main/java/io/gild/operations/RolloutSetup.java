package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.core.Webhook;
import io.gild.core.spi.Clock;
import io.gild.gates.AuditLog;
import io.gild.operations.spi.SmokeCheck;
import io.gild.operations.spi.TelemetrySource;
import io.gild.operations.spi.TrafficEngine;
import io.gild.operations.spi.TrafficEngineProvider;
import io.gild.operations.spi.VersionTester;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes what a controller needs from the settings of a rollout whose versions are processes. */
@Experimental
public final class RolloutSetup {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  private RolloutSetup() {}

  /**
   * Makes the parts.
   *
   * @param settings the settings
   * @param plan the rollout
   * @param base folder to which relative paths in the settings are relative
   * @return the parts
   * @throws RolloutException if an engine is absent, an option is wrong, or a file cannot be used
   */
  public static RolloutParts parts(Settings settings, RolloutPlan plan, Path base)
      throws RolloutException {
    TrafficEngineProvider provider = provider(String.valueOf(plan.settings().engine()));
    Map<String, Object> options = plan.settings().traffic();
    List<TelemetrySource> sources = new ArrayList<>();
    TrafficEngine engine = provider.create(options, base);
    provider.telemetry(options, base).ifPresent(sources::add);
    VersionTester tester = ServiceLoader.load(VersionTester.class).findFirst().orElse(null);
    if (plan.settings().golden() != null) {
      if (tester == null) {
        throw new RolloutException(
            "the golden tasks of the rollout "
                + plan.name()
                + " need gild-smoke on the class path");
      }
      sources.add(tester.golden(plan, settings));
    }
    SmokeCheck smoke = tester == null ? address -> "" : tester.smoke(plan, settings);
    return new RolloutParts(
        plan,
        engine,
        sources,
        Rollouts.folder(settings),
        AuditLog.in(settings.data()),
        notifier(settings, plan),
        smoke,
        Clock.SYSTEM);
  }

  private static TrafficEngineProvider provider(String name) throws RolloutException {
    TreeSet<String> names = new TreeSet<>();
    names.add(RolloutSettings.JVM);
    for (TrafficEngineProvider each : ServiceLoader.load(TrafficEngineProvider.class)) {
      names.add(each.name());
      if (each.name().equals(name)) {
        return each;
      }
    }
    throw new RolloutException(
        "there is no engine " + name + " on the class path; there are " + String.join(", ", names));
  }

  static Consumer<Map<String, @Nullable Object>> notifier(Settings settings, RolloutPlan plan)
      throws RolloutException {
    NotifySettings posted = plan.settings().notifications();
    if (posted == null) {
      return decision -> {};
    }
    String secret = System.getenv(posted.secretEnv());
    if (secret == null || secret.isBlank()) {
      throw new RolloutException(
          "the environment variable "
              + posted.secretEnv()
              + " must hold the secret of the notifications, but is not set");
    }
    return new Webhook(
        URI.create(posted.url()),
        secret,
        Rollouts.folder(settings).resolve("undelivered.jsonl"),
        FIRST_WAIT);
  }
}
