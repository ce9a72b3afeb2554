package io.gild.cli;

import io.gild.config.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The model calls that were seen in some JVMs.
 *
 * @param jvms each as {@code 4711 (Java 17.0.12)}
 * @param seconds how long the JVM with the longest watch was watched
 * @param libraries classes of model libraries that were loaded
 * @param places where models were called
 * @param tools the tools that ran or that answers requested, and how often
 */
record InventoryData(
    List<String> jvms,
    double seconds,
    Set<String> libraries,
    List<ModelCalls> places,
    Map<String, Long> tools) {

  /**
   * Reads the files that JVMs wrote.
   *
   * @param folder where they are, one for each JVM
   */
  static InventoryData read(Path folder) throws IOException {
    List<Facts> jvms = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        jvms.add(Facts.of(Json.read(Files.readString(file))));
      }
    }
    return of(jvms);
  }

  private static InventoryData of(List<Facts> jvms) {
    List<String> names = new ArrayList<>();
    Set<String> libraries = new TreeSet<>();
    List<ModelCalls> places = new ArrayList<>();
    Map<String, Long> tools = new TreeMap<>();
    double seconds = 0;
    for (Facts jvm : jvms) {
      names.add(jvm.number("pid") + " (Java " + jvm.text("java") + ")");
      seconds = Math.max(seconds, jvm.decimal("seconds").doubleValue());
      jvm.list("libraries").forEach(library -> libraries.add(String.valueOf(library)));
      jvm.list("calls").forEach(call -> places.add(ModelCalls.of(Facts.of(call))));
      for (String tool : jvm.inner("tools").names()) {
        tools.merge(tool, jvm.inner("tools").inner(tool).number("runs"), Long::sum);
      }
    }
    for (ModelCalls place : places) {
      place.tools().forEach((tool, asked) -> tools.merge(tool, asked, Math::max));
    }
    return new InventoryData(names, seconds, libraries, places, tools);
  }

  List<SeenAgent> agents() {
    return SeenAgent.of(places);
  }

  long calls() {
    return places.stream().mapToLong(ModelCalls::calls).sum();
  }
}
