package io.gild.maven;

import io.gild.golden.DeclaredAgent;
import io.gild.golden.Shard;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** The common part of all goals. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
abstract class GildMojo extends AbstractMojo {

  /** The project. */
  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  MavenProject project;

  /** The folder of the compiled main classes, with the registry among them. */
  @Parameter(defaultValue = "${project.build.outputDirectory}", required = true)
  File classesDirectory;

  /** The folder of the results that golden tests write. */
  @Parameter(
      property = "gild.results",
      defaultValue = "${project.build.directory}/gild/results",
      required = true)
  File resultsDirectory;

  /** The part of the golden tasks that is run, such as {@code 3/8}; all of them by default. */
  @Parameter(property = "gild.shard")
  @Nullable String shard;

  /** Whether to do nothing. */
  @Parameter(property = "gild.skip", defaultValue = "false")
  boolean skip;

  Path classes() {
    return classesDirectory.toPath();
  }

  /** Warns of methods that only weaving governs and that are not woven. */
  void warnOfUnwoven(List<DeclaredAgent> agents) throws IOException {
    List<String> unwoven = new Weaving(classes()).unwoven(agents);
    if (!unwoven.isEmpty()) {
      getLog()
          .warn(
              "%d methods are not governed, unless the javaagent is attached: %s. Add the goal weave to the executions of gild-maven-plugin."
                  .formatted(unwoven.size(), String.join(", ", unwoven)));
    }
  }

  /**
   * Returns the agents of the module. A registry file whose class has no annotation of Gild is left
   * over from an earlier build and is ignored: no compiler deletes it.
   */
  List<DeclaredAgent> agents() {
    return DeclaredAgent.readAll(classes()).stream()
        .filter(agent ->
            !Files.exists(classFile(agent)) || UnprocessedClasses.isMarked(classFile(agent)))
        .toList();
  }

  private Path classFile(DeclaredAgent agent) {
    return classes().resolve(agent.type().replace('.', '/') + ".class");
  }

  /** Returns where golden files may be: sources first, so that messages name the file to edit. */
  List<Path> resources() {
    Set<Path> folders = new LinkedHashSet<>();
    for (Resource resource : project.getResources()) {
      folders.add(Path.of(resource.getDirectory()));
    }
    for (Resource resource : project.getTestResources()) {
      folders.add(Path.of(resource.getDirectory()));
    }
    folders.add(classes());
    return List.copyOf(folders);
  }

  /** Returns the part of the golden tasks that is run. */
  final Shard shard() throws MojoFailureException {
    String text = shard;
    try {
      return text == null || text.isBlank() ? Shard.ALL : Shard.parse(text);
    } catch (IllegalArgumentException e) {
      throw new MojoFailureException("gild." + e.getMessage(), e);
    }
  }
}
