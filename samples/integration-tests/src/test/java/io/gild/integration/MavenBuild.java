package io.gild.integration;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds whole projects with the real Maven, in separate processes.
 *
 * <p>They find Gild in the tests' own repository, before the user's repository, which is never
 * written to.
 */
final class MavenBuild {

  /**
   * The result of a build.
   *
   * @param status its exit code
   * @param log what it printed
   */
  record Outcome(int status, String log) {}

  static final String VERSION = "0.1.0-SNAPSHOT";

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path PROJECTS = Path.of("src/test/projects").toAbsolutePath();
  private static final Path HEAD = Path.of("target/maven-repository").toAbsolutePath();
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern ARTIFACT =
      Pattern.compile("</parent>.*?<artifactId>([^<]+)</artifactId>", Pattern.DOTALL);
  private static final Pattern MISSING =
      Pattern.compile(
          "offline mode|has not been downloaded from it before|required artifacts? (?:is|are) missing");

  static final List<String> THIRD_PARTIES =
      List.of(
          "io.github.resilience4j:resilience4j-circuitbreaker:2.4.0",
          "io.github.resilience4j:resilience4j-retry:2.4.0",
          "io.github.resilience4j:resilience4j-bulkhead:2.4.0",
          "io.github.resilience4j:resilience4j-ratelimiter:2.4.0",
          "org.snakeyaml:snakeyaml-engine:3.2",
          "org.jspecify:jspecify:1.0.1");

  private static boolean filled;

  private final Path folder;
  private Jdk jdk = Jdk.own();
  private String maven = "";

  private MavenBuild(Path folder) {
    this.folder = folder;
  }

  /** Copies a project of {@code src/test/projects}. */
  static MavenBuild of(String project, Path folder) throws IOException {
    copy(PROJECTS.resolve(project), folder);
    return new MavenBuild(folder);
  }

  /** Uses an existing folder. */
  static MavenBuild in(Path folder) {
    return new MavenBuild(folder);
  }

  MavenBuild on(Jdk other) {
    jdk = other;
    return this;
  }

  /**
   * Builds with another Maven than that of the wrapper, such as {@code 3.8.7}, on the oldest
   * available JDK, since an old Maven may not support a new one.
   *
   * @param version empty for the wrapper's
   */
  MavenBuild with(String version) {
    maven = version;
    return version.isEmpty()
        ? this
        : on(Jdk.all().stream().min(Comparator.comparing(Jdk::feature)).orElseThrow());
  }

  Path file(String path) {
    return folder.resolve(path);
  }

  String text(String path) throws IOException {
    return Files.readString(file(path));
  }

  MavenBuild write(String path, String text) throws IOException {
    Files.createDirectories(file(path).getParent());
    Files.writeString(file(path), text);
    return this;
  }

  /** Replaces a text that must exist. */
  MavenBuild replace(String path, String text, String other) throws IOException {
    String before = text(path);
    if (!before.contains(text)) {
      throw new IllegalArgumentException(path + " does not contain: " + text);
    }
    return write(path, before.replace(text, other));
  }

  /** Runs Maven; without the network, unless a first build must download something. */
  Outcome run(String... arguments) throws Exception {
    fillRepository();
    Outcome outcome = start(List.of("-o"), arguments);
    return outcome.status() != 0 && MISSING.matcher(outcome.log()).find()
        ? start(List.of(), arguments)
        : outcome;
  }

  private Outcome start(List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(maven.isEmpty() ? wrapper(options) : oldMaven());
    command.addAll(List.of("-B", "-ntp"));
    command.addAll(List.of(arguments));
    return finish(
        command,
        folder,
        Map.of("JAVA_HOME", jdk.home().toString(), "MAVEN_OPTS", "-XX:TieredStopAtLevel=1"));
  }

  private static List<String> wrapper(List<String> options) {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("mvnw").toString()));
    command.add("-Dmaven.repo.local=" + HEAD);
    command.add("-Dmaven.repo.local.tail=" + userRepository());
    command.add("-Dmaven.repo.local.tail.ignoreAvailability=true");
    command.addAll(options);
    return command;
  }

  private List<String> oldMaven() throws IOException {
    return OldMaven.command(maven, HEAD, userRepository());
  }

  /** Returns the class path of Gild as an application that retries has it. */
  static String gild() throws IOException {
    return jars(List.of("annotations", "config", "core", "reliability"), THIRD_PARTIES);
  }

  /** Returns the processor with all its dependencies. */
  static String processor() throws IOException {
    return jars(
        List.of("processor", "annotations", "config", "golden"),
        List.of("com.palantir.javapoet:javapoet:0.22.0", "org.snakeyaml:snakeyaml-engine:3.2"));
  }

  /**
   * Returns a class path of some of Gild's modules.
   *
   * @param modules names of artifacts without {@code gild-}
   * @param thirdParties coordinates of their dependencies
   */
  static String jars(List<String> modules, List<String> thirdParties) throws IOException {
    fillRepository();
    List<String> jars = new ArrayList<>();
    for (String artifact : modules) {
      String name = "gild-" + artifact;
      jars.add(
          HEAD.resolve("io/gild/%s/%s/%s-%s.jar".formatted(name, VERSION, name, VERSION))
              .toString());
    }
    jars.add(ClassPaths.of(thirdParties));
    return String.join(File.pathSeparator, jars);
  }

  /** Runs a program to its end. */
  static Outcome finish(List<String> command, Path folder, Map<String, String> environment)
      throws Exception {
    Path out = Files.createTempFile("gild-build", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    List.of("JAVA_TOOL_OPTIONS", "MAVEN_OPTS", "MAVEN_ARGS", "MAVEN_PROJECTBASEDIR")
        .forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(240, TimeUnit.SECONDS)) {
        throw new IllegalStateException("does not end: " + Files.readString(out));
      }
      return new Outcome(process.exitValue(), Files.readString(out));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.deleteIfExists(out);
    }
  }

  private static Path userRepository() {
    String own = System.getProperty("maven.repo.local");
    return own != null
        ? Path.of(own)
        : Path.of(System.getProperty("user.home"), ".m2", "repository");
  }

  /** Copies the reactor's artifacts into a repository. */
  private static synchronized void fillRepository() throws IOException {
    if (filled) {
      return;
    }
    String parent = Files.readString(ROOT.resolve("pom.xml"));
    deploy("gild-parent", ROOT);
    Matcher modules = MODULE.matcher(parent);
    while (modules.find()) {
      Path module = ROOT.resolve(modules.group(1));
      Matcher artifact = ARTIFACT.matcher(Files.readString(module.resolve("pom.xml")));
      if (artifact.find()) {
        deploy(artifact.group(1), module);
      }
    }
    filled = true;
  }

  private static void deploy(String artifact, Path module) throws IOException {
    Path folder = Files.createDirectories(HEAD.resolve("io/gild/" + artifact + "/" + VERSION));
    String name = artifact + "-" + VERSION;
    Files.copy(
        module.resolve("pom.xml"),
        folder.resolve(name + ".pom"),
        StandardCopyOption.REPLACE_EXISTING);
    Path jar = module.resolve("target/" + name + ".jar");
    if (Files.exists(jar)) {
      Files.copy(jar, folder.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
