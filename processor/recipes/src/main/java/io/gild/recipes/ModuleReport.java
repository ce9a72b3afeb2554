package io.gild.recipes;

import io.gild.config.Experimental;
import java.util.List;

/**
 * What was found in a module.
 *
 * @param name its folder in the migrated folder; {@code .} for that folder itself
 * @param files how many Java sources it has
 * @param changed the files that change
 * @param agents its classes that reach a model
 * @param notes what was left out, each with the reason
 */
@Experimental
public record ModuleReport(
    String name, int files, List<String> changed, List<AgentReport> agents, List<String> notes) {

  /** Copies the lists. */
  public ModuleReport {
    changed = List.copyOf(changed);
    agents = List.copyOf(agents);
    notes = List.copyOf(notes);
  }
}
