package io.gild.evaluation;

import io.gild.config.Experimental;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that starts a separate JVM for agents.
 *
 * @param java the launcher
 * @param jvmOptions its options, such as {@code -javaagent:gild-javaagent.jar}
 * @param classPath the agents' classes and their dependencies, including {@code gild-evaluation}
 * @param resources folders that are searched for golden files before the class path
 * @param workingFolder where it runs
 */
@Experimental
public record WorkerCommand(
    Path java,
    List<String> jvmOptions,
    String classPath,
    List<Path> resources,
    Path workingFolder) {

  /** Copies the lists. */
  public WorkerCommand {
    jvmOptions = List.copyOf(jvmOptions);
    resources = List.copyOf(resources);
  }

  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of(java.toString()));
    arguments.addAll(jvmOptions);
    arguments.add("-cp");
    arguments.add(classPath);
    arguments.add(Worker.class.getName());
    resources.forEach(folder -> arguments.add(folder.toString()));
    return arguments;
  }
}
