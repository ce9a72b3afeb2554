package io.gild.integration;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK to run children on: the one of the build, and one of each other release among {@code
 * GILD_TEST_JDKS} and {@code /usr/lib/jvm}.
 *
 * @param feature its release, such as 17
 * @param home its directory
 */
record Jdk(int feature, Path home) {

  /** The oldest release that is supported. */
  static final int OLDEST = 17;

  private static final List<Integer> WANTED = List.of(OLDEST, 25);

  static Jdk own() {
    return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
  }

  static List<Jdk> all() {
    Map<Integer, Jdk> found = new LinkedHashMap<>();
    found.put(own().feature(), own());
    for (Path home : candidates()) {
      int feature = featureOf(home);
      if (WANTED.contains(feature)) {
        found.putIfAbsent(feature, new Jdk(feature, home));
      }
    }
    return List.copyOf(found.values());
  }

  private static List<Path> candidates() {
    String named = System.getenv("GILD_TEST_JDKS");
    if (named != null) {
      return Stream.of(named.split(File.pathSeparator)).map(Path::of).toList();
    }
    Path usual = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(usual)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(usual)) {
      return homes.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int featureOf(Path home) {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return 0;
    }
    try (Reader in = Files.newBufferedReader(release)) {
      Properties properties = new Properties();
      properties.load(in);
      String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
      return Integer.parseInt(version.split("[.+_-]", 2)[0]);
    } catch (IOException | NumberFormatException unknown) {
      return 0;
    }
  }

  String java() {
    return home.resolve("bin/java").toString();
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }
}
