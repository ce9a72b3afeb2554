package io.gild.traffic;

import io.gild.config.Binder;
import io.gild.config.Origin;
import io.gild.config.PolicyTree;
import io.gild.config.Problem;
import io.gild.config.Problems;
import io.gild.config.SettingsException;
import java.util.List;
import java.util.Map;

/** Turns the options of a rollout into a record, with all mistakes at once. */
final class TrafficOptions {

  private static final Origin ORIGIN = Origin.of("rollouts");

  /** Components that may be absent. */
  private static final Map<Class<?>, List<String>> OPTIONAL =
      Map.of(
          HaproxySettings.class, List.of("calls"),
          CallFeedSettings.class, List.of("token-file", "agent"),
          GatewaySettings.class, List.of("namespace", "url", "token-file", "ca-file"));

  private TrafficOptions() {}

  static <R extends Record> R bind(
      Class<R> type, String engine, Map<String, Object> options, Map<String, ?> defaults) {
    Problems problems = new Problems();
    R bound =
        new Binder(problems, OPTIONAL)
            .bind(
                type,
                PolicyTree.of(options, ORIGIN),
                PolicyTree.of(defaults, ORIGIN),
                engine,
                ORIGIN);
    problems.throwIfAny();
    if (bound == null) {
      throw new SettingsException(
          List.of(new Problem(ORIGIN.source(), 0, 0, engine, "its options are incomplete")));
    }
    return bound;
  }
}
