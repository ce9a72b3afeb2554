package io.gild.cli;

import io.gild.config.Settings;
import io.gild.judging.Assessment;
import io.gild.operations.RolloutException;
import io.gild.operations.RolloutPlan;
import io.gild.operations.RolloutRecord;
import io.gild.operations.RolloutSettings;
import io.gild.operations.Rollouts;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows where rollouts are. */
@Command(
    name = "status",
    description = "Shows where rollouts are, and what the calls say so far.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RolloutStatusCommand implements Callable<Integer> {

  @Mixin private RolloutOptions options;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "the rollout (default: all)")
  private @Nullable String name;

  @Override
  public Integer call() throws Exception {
    return options.use((settings, rollouts) -> {
      Map<String, RolloutSettings> configured = settings.get(RolloutSettings.SECTION);
      Set<String> names = new TreeSet<>(configured.keySet());
      rollouts
          .list(problem -> options.err().println("gild: " + problem))
          .forEach(record -> names.add(record.name()));
      if (name != null) {
        if (!names.contains(name)) {
          throw new RolloutException(
              "there is no rollout " + name + "; there are " + String.join(", ", names));
        }
        names.retainAll(Set.of(name));
      }
      if (names.isEmpty()) {
        options.out().println("No rollout: gild.yaml has no rollouts.");
      }
      for (String each : names) {
        show(each, settings, configured.containsKey(each), rollouts);
      }
      return 0;
    });
  }

  private void show(String each, Settings settings, boolean isConfigured, Rollouts rollouts)
      throws RolloutException {
    RolloutRecord record = rollouts.find(each);
    if (record == null) {
      String problem = rollouts.problem(each);
      options.out().println(each + ": not started" + (problem.isEmpty() ? "" : "; " + problem));
      return;
    }
    options.out().println(RolloutText.line(record));
    String controller = rollouts.controller(each);
    if (!record.state().isFinal()) {
      options
          .out()
          .println("  controlled by " + (controller == null ? "no process now" : controller));
    }
    if (!record.problem().isEmpty()) {
      options.out().println("  problem: " + record.problem());
    }
    Assessment assessment =
        isConfigured ? rollouts.assessment(RolloutPlan.of(settings, each)) : null;
    if (assessment != null) {
      RolloutText.verdicts(assessment).forEach(options.out()::println);
    }
  }
}
