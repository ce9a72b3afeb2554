package io.gild.cli;

import io.gild.config.SettingsException;
import io.gild.coordination.BrokerEngines;
import io.gild.coordination.CoordinationException;
import io.gild.coordination.CoordinationSettings;
import io.gild.coordination.DeadLetters;
import io.gild.coordination.EmbeddedEngine;
import io.gild.coordination.spi.BrokerEngine;
import io.gild.core.GildRuntime;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where dead letters are. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DlqOptions {

  private static final int WRONG = 1;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Mixin private SettingsPlace place;

  /** Uses dead letters. */
  interface Use {
    int with(DeadLetters letters);
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Opens the dead letters; those of a folder also while an application uses it. */
  int open(Use use) {
    return open(use, false);
  }

  /** Opens the dead letters to send them again; no one else may use a folder at the same time. */
  int replaying(Use use) {
    return open(use, true);
  }

  private int open(Use use, boolean replays) {
    try (GildRuntime runtime =
        GildRuntime.builder()
            .discover(DlqOptions.class.getClassLoader())
            .unstarted()
            .settings(place.load(spec))
            .build()) {
      CoordinationSettings settings = runtime.settings().get(CoordinationSettings.SECTION);
      if (settings.engine().equals(BrokerEngines.IN_PROCESS)) {
        out()
            .println(
                "coordination.engine is in-process: only the application itself sees its dead letters.");
        return WRONG;
      }
      if (settings.engine().equals(BrokerEngines.FOLDER) && !replays) {
        return use.with(EmbeddedEngine.deadLettersOf(settings.folder(runtime.settings().data())));
      }
      try (BrokerEngine engine = BrokerEngines.open(runtime)) {
        return use.with(engine.deadLetters());
      }
    } catch (SettingsException wrong) {
      wrong.problems().forEach(spec.commandLine().getErr()::println);
    } catch (CoordinationException wrong) {
      spec.commandLine().getErr().println("gild: " + wrong.getMessage());
    }
    return WRONG;
  }
}
