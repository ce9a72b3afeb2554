package io.gild.maven;

import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import io.gild.golden.GoldenSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;

/** Lists the golden tasks of a module. */
final class ModuleTasks {

  private ModuleTasks() {}

  /**
   * Lists the tasks of each agent that has any.
   *
   * @param resources folders where golden files may be, the preferred one first
   * @throws MojoFailureException if a file is missing or wrong, or two agents have the same name;
   *     lists all mistakes
   */
  static List<GoldenSet> list(List<DeclaredAgent> agents, List<Path> resources)
      throws MojoFailureException {
    List<GoldenSet> sets = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    for (DeclaredAgent agent : agents) {
      GoldenSet set = GoldenSet.of(agent, GoldenSources.inFolders(resources, Path::toString));
      mistakes.addAll(set.problems());
      if (!set.tasks().isEmpty()) {
        sets.add(set);
      }
    }
    mistakes.addAll(GoldenSet.sameNames(sets));
    if (!mistakes.isEmpty()) {
      throw new MojoFailureException("Golden tasks are wrong:\n  " + String.join("\n  ", mistakes));
    }
    return sets;
  }
}
