package io.gild.cli;

import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.operations.RolloutException;
import io.gild.operations.Rollouts;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where rollouts are. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RolloutOptions {

  private static final int WRONG = 1;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Mixin private SettingsPlace place;

  /** Uses rollouts. */
  interface Use {
    int with(Settings settings, Rollouts rollouts) throws RolloutException, InterruptedException;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  int use(Use use) throws InterruptedException {
    try {
      Settings settings = place.load(spec);
      return use.with(settings, new Rollouts(Rollouts.folder(settings)));
    } catch (SettingsException wrong) {
      wrong.problems().forEach(err()::println);
    } catch (RolloutException | IllegalArgumentException wrong) {
      err().println("gild: " + wrong.getMessage());
    }
    return WRONG;
  }
}
