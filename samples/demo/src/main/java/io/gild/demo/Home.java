package io.gild.demo;

import java.nio.file.Path;

/**
 * The folders of the demo's programs and results. The root is the system property {@code
 * gild.home}, or else the working directory.
 */
record Home(Path root) {

  static Home find() {
    return new Home(Path.of(System.getProperty("gild.home", "")).toAbsolutePath().normalize());
  }

  Path legacyJar() {
    return root.resolve("samples/legacy-support/target/legacy-support.jar");
  }

  Path workflowJar() {
    return root.resolve("samples/workflow/target/workflow.jar");
  }

  Path agentJar() {
    return overridden("gild.agent.jar", "javaagent/agent/target/gild-javaagent.jar");
  }

  Path config() {
    return overridden("gild.demo.config", "samples/demo/gild.yaml");
  }

  Path output() {
    return overridden("gild.demo.output", "samples/demo/target");
  }

  /** Returns a readable path: relative to the working folder, if it is below it. */
  static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }

  private Path overridden(String property, String otherwise) {
    String path = System.getProperty(property);
    return path == null ? root.resolve(otherwise) : Path.of(path).toAbsolutePath();
  }
}
