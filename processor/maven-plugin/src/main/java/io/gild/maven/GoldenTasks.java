package io.gild.maven;

import io.gild.config.DeclaredAgent;
import io.gild.config.GoldenSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/** Lists the golden tasks of a module. */
final class GoldenTasks {

  private GoldenTasks() {}

  /**
   * Lists the tasks of each agent that has any.
   *
   * @param resources folders where golden files may be, the best one first
   * @throws MojoFailureException if a file is missing or wrong, with every mistake
   */
  static List<GoldenSet> list(List<DeclaredAgent> agents, List<Path> resources)
      throws MojoFailureException {
    List<GoldenSet> sets = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    for (DeclaredAgent agent : agents) {
      GoldenSet set = GoldenSet.of(agent, path -> find(path, resources));
      mistakes.addAll(set.problems());
      if (!set.tasks().isEmpty()) {
        sets.add(set);
      }
    }
    if (!mistakes.isEmpty()) {
      throw new MojoFailureException("Golden tasks are wrong:\n  " + String.join("\n  ", mistakes));
    }
    return sets;
  }

  private static GoldenSet.@Nullable Source find(String file, List<Path> resources) {
    for (Path folder : resources) {
      Path path = folder.resolve(file);
      if (Files.isRegularFile(path)) {
        try {
          return new GoldenSet.Source(path.toString(), Files.readString(path));
        } catch (IOException e) {
          throw new UncheckedIOException(path + " cannot be read: " + e.getMessage(), e);
        }
      }
    }
    return null;
  }
}
