package io.gild.integration;

import com.acme.child.ChildMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A child JVM with the application, to which a test sends commands. */
final class Child implements AutoCloseable {

  /** The class path of the application, without Gild's own modules. */
  private static final List<String> APPLICATION =
      List.of(
          "integration-tests",
          "gild-annotations",
          "annotations/target",
          "langchain4j",
          "jackson",
          "slf4j",
          "jspecify",
          "opennlp",
          "okhttp",
          "okio",
          "kotlin",
          "httpcomponents",
          "commons-",
          "netty",
          "reactor",
          "reactive-streams",
          "awssdk",
          "jtokkit");

  /** A hanging child must not block the tests; a slow one may. */
  private static final long LONGEST_SECONDS = 600;

  private final Process process;
  private final BufferedReader out;
  private final PrintStream in;
  private final Path errors;

  private Child(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  static Builder on(Jdk jdk) {
    return new Builder(jdk);
  }

  static String agentJar() {
    return Path.of(System.getProperty("gild.agent.jar")).normalize().toString();
  }

  /** Sends a command and returns its answer. */
  String ask(String command) throws IOException {
    in.println(command);
    return out.readLine();
  }

  /** Returns the next line that the application prints without a command. */
  String hear() throws IOException {
    return out.readLine();
  }

  /** Sends a command without waiting for its answer. */
  void say(String command) {
    in.println(command);
  }

  String pid() {
    return String.valueOf(process.pid());
  }

  /** Ends the application and returns its standard error. */
  List<String> end() throws Exception {
    in.close();
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the child does not end");
    }
    return Files.readAllLines(errors);
  }

  /** Returns what the application has written to its standard error so far. */
  List<String> errors() throws IOException {
    return Files.readAllLines(errors);
  }

  /** Returns the exit code of the {@linkplain #end ended} application. */
  int exitCode() {
    return process.exitValue();
  }

  /** Kills the application, as {@code kill -9} does, and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Collects the options of a child. */
  static final class Builder {

    private final Jdk jdk;
    private final List<String> flags = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private String provider = "none";
    private String classPath = classPath();
    private List<String> main = List.of(ChildMain.class.getName());
    private @Nullable String modulePath;

    private Builder(Jdk jdk) {
      this.jdk = jdk;
    }

    Builder flags(String... added) {
      flags.addAll(Arrays.asList(added));
      return this;
    }

    Builder agent(String options) {
      return flags("-javaagent:" + agentJar() + (options.isEmpty() ? "" : "=" + options));
    }

    /** Gives the application the tests' own classes and these. */
    Builder classPath(String libraries) {
      classPath = Path.of("target/test-classes").toAbsolutePath() + File.pathSeparator + libraries;
      return this;
    }

    /** Gives the application only these files. */
    Builder onlyClassPath(String files) {
      classPath = files;
      return this;
    }

    Builder main(Class<?> type, String... arguments) {
      main = new ArrayList<>(List.of(type.getName()));
      main.addAll(Arrays.asList(arguments));
      return this;
    }

    /** Runs a class that the tests do not see. */
    Builder mainClass(String name) {
      main = List.of(name);
      return this;
    }

    /** Runs a module instead of the class path. */
    Builder module(String path, String name, String mainClass) {
      modulePath = path;
      main = List.of("-m", name + "/" + mainClass);
      return this;
    }

    Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    Builder provider(String url) {
      provider = url;
      return this;
    }

    Child start() throws IOException {
      List<String> command = new ArrayList<>();
      command.add(jdk.java());
      // It lives for seconds: the second compiler would cost more than it saves.
      command.add("-XX:TieredStopAtLevel=1");
      command.addAll(flags);
      command.addAll(modulePath == null ? List.of("-cp", classPath) : List.of("-p", modulePath));
      command.addAll(main);
      Path errors = Files.createTempFile("child", ".err");
      errors.toFile().deleteOnExit();
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.directory(errors.getParent().toFile());
      builder.environment().put("PROVIDER", provider);
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.environment().putAll(environment);
      Child child = new Child(builder.start(), errors);
      String first = child.out.readLine();
      if (!"ready".equals(first)) {
        throw new IllegalStateException(first + "\n" + Files.readString(errors));
      }
      return child;
    }

    private static String classPath() {
      String own =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      return Arrays.stream(own.split(File.pathSeparator))
          .filter(entry -> APPLICATION.stream().anyMatch(entry::contains))
          .collect(Collectors.joining(File.pathSeparator));
    }
  }
}
