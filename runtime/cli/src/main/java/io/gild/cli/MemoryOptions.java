package io.gild.cli;

import io.gild.config.SettingsException;
import io.gild.core.GildRuntime;
import io.gild.memory.AgentMemory;
import io.gild.memory.MemoryException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where memories are, and whose. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MemoryOptions {

  private static final int WRONG = 1;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Mixin private SettingsPlace place;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      defaultValue = "",
      description = "the tenant (default: memories without a tenant)")
  private String tenant;

  /** Uses memories. */
  interface Use {
    int with(AgentMemory memory) throws IOException;
  }

  String tenant() {
    return tenant;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Opens the memories for reading, also while an application uses them. */
  int reading(Use use) throws IOException {
    return open(use, false);
  }

  /** Opens the memories; no one else may use a folder at the same time. */
  int writing(Use use) throws IOException {
    return open(use, true);
  }

  private int open(Use use, boolean writable) throws IOException {
    try (GildRuntime runtime =
        GildRuntime.builder().discover(loader()).unstarted().settings(place.load(spec)).build()) {
      if (writable) {
        return use.with(AgentMemory.of(runtime));
      }
      try (AgentMemory memory = AgentMemory.reading(runtime)) {
        return use.with(memory);
      }
    } catch (SettingsException wrong) {
      wrong.problems().forEach(spec.commandLine().getErr()::println);
    } catch (MemoryException | IllegalArgumentException wrong) {
      spec.commandLine().getErr().println("gild: " + wrong.getMessage());
    }
    return WRONG;
  }

  private static ClassLoader loader() {
    return MemoryOptions.class.getClassLoader();
  }
}
