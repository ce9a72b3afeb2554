package io.gild.integration;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * An application that logs in a governed call, with one version of one library.
 *
 * @param source name of its class, whose source is in the folder {@code logging}
 * @param library coordinates of the library
 * @param flags what configures the library
 */
record LoggingApplication(String source, String library, List<String> flags) {

  static LoggingApplication logback(String version) {
    return new LoggingApplication(
        "LogbackApp",
        "ch.qos.logback:logback-classic:" + version,
        List.of("-Dlogback.configurationFile=" + file("logback.xml")));
  }

  static LoggingApplication log4jTwo(String version) {
    return new LoggingApplication(
        "Log4jTwoApp",
        "org.apache.logging.log4j:log4j-core:" + version,
        List.of("-Dlog4j.configurationFile=" + file("log4j2.xml")));
  }

  static LoggingApplication log4jOne(String library) {
    return new LoggingApplication(
        "Log4jOneApp", library, List.of("-Dlog4j.configuration=" + file("log4j.xml").toUri()));
  }

  static LoggingApplication jboss(String version) {
    return new LoggingApplication(
        "JbossApp",
        "org.jboss.logmanager:jboss-logmanager:" + version,
        List.of("-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
  }

  static LoggingApplication javaUtilLogging() {
    return new LoggingApplication("JulApp", "", List.of());
  }

  /** Compiles the application and prepares its JVM. */
  Child.Builder on(Jdk jdk) throws IOException {
    String libraries = library.isEmpty() ? "" : ClassPaths.of(List.of(library));
    Path classes = Files.createTempDirectory("logging");
    List<String> command =
        new ArrayList<>(List.of("-nowarn", "-XDsuppressNotes", "--release", "17"));
    command.addAll(List.of("-d", classes.toString()));
    command.addAll(List.of(file("DeskApp.java").toString(), file(source + ".java").toString()));
    if (!libraries.isEmpty()) {
      command.addAll(List.of("-cp", libraries));
    }
    int code =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, command.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException(source + " does not compile against " + library);
    }
    return Child.on(jdk)
        .flags(flags.toArray(String[]::new))
        .onlyClassPath(classes + File.pathSeparator + libraries)
        .mainClass(source);
  }

  private static Path file(String name) {
    try {
      return Path.of(LoggingApplication.class.getResource("/logging/" + name).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String toString() {
    return library.isEmpty() ? "java.util.logging" : library;
  }
}
