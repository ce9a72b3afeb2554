package io.gild.cli;

import io.gild.config.SettingsException;
import io.gild.core.GildRuntime;
import io.gild.memory.MemoryException;
import io.gild.twin.TwinException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the application of an agent keeps its settings and data. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TwinPlace {

  /** The status of a command that could not do its work; 1 is a negative result. */
  static final int IMPOSSIBLE = 2;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Mixin private SettingsPlace place;

  /** Uses an application. */
  interface Use {
    int with(GildRuntime runtime) throws IOException;
  }

  /** Work that may turn out to be impossible. */
  interface Work {
    int run() throws IOException;
  }

  /** Builds a runtime without modules: nothing is started, and no report is written. */
  int with(Use use) throws IOException {
    return run(
        spec,
        () -> {
          try (GildRuntime runtime = GildRuntime.builder().settings(place.load(spec)).build()) {
            return use.with(runtime);
          }
        });
  }

  /** Prints why work is impossible. */
  static int run(CommandSpec spec, Work work) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      return work.run();
    } catch (SettingsException wrong) {
      wrong.problems().forEach(err::println);
    } catch (TwinException | MemoryException | IllegalArgumentException wrong) {
      err.println("gild: " + wrong.getMessage());
    }
    return IMPOSSIBLE;
  }
}
