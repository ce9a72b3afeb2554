package io.gild.weaver;

import java.io.IOException;
import java.net.URL;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the origin of a class whether it belongs to a library; thread-safe.
 *
 * <p>A folder of classes belongs to the application, regardless of its packages. So does a jar with
 * an unknown name that contains classes in a library's package. In a merged jar, the packages of
 * the main class belong to the application, and the names of packages decide for the rest.
 */
final class Origins {

  /** Artifacts of libraries, by the beginnings of their file names. */
  private static final Pattern LIBRARY_FILE =
      Pattern.compile(
          "(?:langchain4j|spring-|openai-java|anthropic-java|google-(?:genai|adk|auth|cloud|http|"
              + "api|oauth)|gax|guava|gson|protobuf|proto-|api-common|failureaccess|error_prone|"
              + "bedrock|aws-|sdk-core|micrometer|reactor-|reactive|netty-|jackson-|slf4j|logback|"
              + "log4j|jakarta|javax|tomcat-|jetty-|undertow|quarkus-|smallrye-|vertx-|micronaut-|"
              + "helidon-|kotlin|kotlinx|okhttp|okio|retrofit|rxjava|resilience4j|hibernate|"
              + "opentelemetry|grpc-|junit|testng|assertj|gild-|azure-|httpc|commons-|snakeyaml|"
              + "mcp|jtokkit|antlr|ST4|swagger|json-|a2a-|classgraph|caffeine|HikariCP)[^/]*\\.jar$");

  private static final Pattern JAR = Pattern.compile("([^/!]+\\.jar)(?:!/?)?$");
  private static final Pattern REPOSITORY =
      Pattern.compile("/(?:\\.m2/repository|files-2\\.1|repository/maven2)/");

  private final Map<String, Boolean> libraries = new HashMap<>();
  private final @Nullable String mainPackage;

  Origins() {
    this(mainClass(System.getProperty("sun.java.command", "")));
  }

  /** Creates the rule for a program with a main class; null if it is unknown. */
  Origins(@Nullable String mainClass) {
    this.mainPackage =
        mainClass == null ? null : mainClass.substring(0, mainClass.lastIndexOf('.') + 1);
  }

  /**
   * Returns whether a class in a library's package nevertheless belongs to the application.
   *
   * @param type the class
   */
  boolean isApplication(Class<?> type) {
    if (isOfMain(type.getName())) {
      return !isRepository(place(type));
    }
    String place = place(type);
    return place != null && !isLibrary(place);
  }

  private boolean isOfMain(String className) {
    String own = mainPackage;
    return own != null && own.indexOf('.') < own.length() - 1 && className.startsWith(own);
  }

  private static boolean isRepository(@Nullable String place) {
    return place != null && REPOSITORY.matcher(place).find();
  }

  private static @Nullable String place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    return location == null ? null : location.getPath();
  }

  private synchronized boolean isLibrary(String place) {
    return libraries.computeIfAbsent(place, Origins::judge);
  }

  private static boolean judge(String place) {
    String file = fileOf(place);
    if (file.isEmpty()) {
      return false; // a folder of classes, or one in an archive
    }
    return LIBRARY_FILE.matcher(file).lookingAt()
        || REPOSITORY.matcher(place).find()
        || isMerged(place);
  }

  /** Returns the name of a jar; empty for a folder. */
  private static String fileOf(String place) {
    Matcher jar = JAR.matcher(place);
    return jar.find() ? jar.group(1) : "";
  }

  /** Returns whether a jar contains several artifacts. */
  private static boolean isMerged(String place) {
    try (JarFile jar = new JarFile(place)) {
      return jar.stream()
              .map(JarEntry::getName)
              .filter(name -> name.startsWith("META-INF/maven/") && name.endsWith("pom.properties"))
              .limit(2)
              .count()
          > 1;
    } catch (IOException | RuntimeException unreadable) {
      return true;
    }
  }

  /** Returns the main class of a command; for a jar, that of its manifest. */
  private static @Nullable String mainClass(String command) {
    String first = command.split(" ", 2)[0];
    if (first.isEmpty()) {
      return null;
    }
    if (!first.endsWith(".jar")) {
      return first.substring(first.indexOf('/') + 1);
    }
    try (JarFile jar = new JarFile(first)) {
      if (jar.getManifest() == null) {
        return null;
      }
      String start = jar.getManifest().getMainAttributes().getValue("Start-Class");
      return start == null ? jar.getManifest().getMainAttributes().getValue("Main-Class") : start;
    } catch (IOException | RuntimeException unreadable) {
      return null;
    }
  }
}
