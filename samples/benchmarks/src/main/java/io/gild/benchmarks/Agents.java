package io.gild.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The javaagents that are compared. */
public final class Agents {

  private Agents() {}

  /** The entry point of the agent that does nothing. */
  public static void premain(String options, Instrumentation instrumentation) {}

  /** Returns the flag that attaches Gild. */
  static String gild(Path configuration) {
    return "-javaagent:"
        + sibling("../../../javaagent/agent/target/gild-javaagent.jar")
        + "=config="
        + configuration;
  }

  /** Returns the flag that attaches Gild without any configuration. */
  static String idleGild() {
    return "-javaagent:" + sibling("../../../javaagent/agent/target/gild-javaagent.jar");
  }

  /** Returns the flag that attaches OpenTelemetry's javaagent. */
  static String openTelemetry() {
    return "-javaagent:" + sibling("agents/opentelemetry-javaagent.jar");
  }

  /** Returns the flag that attaches an agent that does nothing. */
  static String empty(Path folder) throws IOException {
    Path jar = folder.resolve("empty-agent.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", Agents.class.getName());
    String entry = Agents.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream archive = new JarOutputStream(out, manifest);
        InputStream own = Agents.class.getResourceAsStream("/" + entry)) {
      archive.putNextEntry(new JarEntry(entry));
      if (own != null) {
        own.transferTo(archive);
      }
    }
    return "-javaagent:" + jar;
  }

  /** Returns a file by its place beside the jar of the benchmarks. */
  static Path sibling(String name) {
    Path own = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    Path file = own.resolveSibling(name).normalize();
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("there is no " + file + ": build it with ./mvnw package");
    }
    return file;
  }
}
