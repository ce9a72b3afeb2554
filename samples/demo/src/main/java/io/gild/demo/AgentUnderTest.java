package io.gild.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent as the demo runs it: a jar that answers a file of questions into a file of answers.
 *
 * @param name how tables and plots call this run
 * @param jar the runnable jar; its arguments are questions, answers, threads
 * @param javaAgent the jar attached to it, or null
 * @param config the configuration given to the attached jar, or null
 */
record AgentUnderTest(String name, Path jar, @Nullable Path javaAgent, @Nullable Path config) {

  /** Returns the old agent as its team left it. */
  static AgentUnderTest plain(Home home) {
    return new AgentUnderTest("before", home.legacyJar(), null, null);
  }

  /** Returns the same old agent with Gild attached. */
  static AgentUnderTest attached(Home home) {
    return new AgentUnderTest("after", home.legacyJar(), home.agentJar(), home.config());
  }

  /** Returns the annotated agent, which needs nothing attached. */
  static AgentUnderTest annotated(Home home) {
    return new AgentUnderTest("after", home.quickstartJar(), null, null);
  }

  /** Returns the first file this agent needs and that does not exist, or null. */
  @Nullable Path missing() {
    for (Path file : files()) {
      if (!Files.exists(file)) {
        return file;
      }
    }
    return null;
  }

  /** Returns the command that runs this agent, up to and without the jar's own arguments. */
  List<String> command(List<String> systemProperties) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (javaAgent != null) {
      command.add("-javaagent:" + javaAgent + (config == null ? "" : "=config=" + config));
    }
    command.addAll(systemProperties);
    command.add("-jar");
    command.add(jar.toString());
    return command;
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(jar));
    if (javaAgent != null) {
      files.add(javaAgent);
    }
    if (config != null) {
      files.add(config);
    }
    return files;
  }
}
