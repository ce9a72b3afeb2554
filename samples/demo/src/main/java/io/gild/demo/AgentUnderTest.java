package io.gild.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent as the demo runs it: a program that answers a file of questions into a file of answers.
 *
 * @param name the name of this run in tables and plots
 * @param options the options of its JVM
 * @param program the jar or main class; its arguments are questions, answers, threads
 * @param files the files it needs
 */
record AgentUnderTest(String name, List<String> options, List<String> program, List<Path> files) {

  /** A console on any free port of the loopback address. */
  private static final String CONSOLE = "-Dgild.console.port=0";

  /** Returns the unmodified old agent. */
  static AgentUnderTest plain(Home home) {
    Path jar = home.legacyJar();
    return new AgentUnderTest("before", List.of(), jar(jar), List.of(jar));
  }

  /** Returns the same old agent with Gild attached. */
  static AgentUnderTest attached(Home home) {
    Path jar = home.legacyJar();
    return new AgentUnderTest(
        "after",
        List.of(CONSOLE, "-javaagent:" + home.agentJar() + "=config=" + home.config()),
        jar(jar),
        List.of(jar, home.agentJar(), home.config()));
  }

  /** Returns the annotated agent, which needs no javaagent. */
  static AgentUnderTest annotated(Home home) {
    return new AgentUnderTest(
        "after",
        List.of(
            CONSOLE,
            "-Dgild.config=" + home.config(),
            "-cp",
            System.getProperty("java.class.path")),
        List.of(AnnotatedDesk.class.getName()),
        List.of(home.config()));
  }

  /** Returns whether Gild governs this agent, and so has a console. */
  boolean hasConsole() {
    return options.contains(CONSOLE);
  }

  /** Returns the first missing file of this agent, or null. */
  @Nullable Path missing() {
    for (Path file : files) {
      if (!Files.exists(file)) {
        return file;
      }
    }
    return null;
  }

  /** Returns the command that runs this agent, up to and without the program's own arguments. */
  List<String> command(List<String> systemProperties) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(systemProperties);
    command.addAll(program);
    return command;
  }

  private static List<String> jar(Path jar) {
    return List.of("-jar", jar.toString());
  }
}
