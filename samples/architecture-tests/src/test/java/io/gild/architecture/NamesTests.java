package io.gild.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name means the same in every module. */
class NamesTests {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path SOURCES = Path.of("src", "main", "java", "io", "gild");

  private static final Set<String> DESCRIPTIONS = Set.of("package-info", "module-info");

  @Test
  void noTwoModulesHaveAClassWithTheSameName() throws IOException {
    Map<String, Set<String>> modules = new TreeMap<>();
    for (Path module : modules()) {
      try (Stream<Path> files = Files.walk(module.resolve(SOURCES))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .map(name -> name.substring(0, name.length() - ".java".length()))
            .forEach(name ->
                modules
                    .computeIfAbsent(name, absent -> new TreeSet<>())
                    .add(ROOT.relativize(module).toString()));
      }
    }

    assertThat(modules).hasSizeGreaterThan(750);
    modules.keySet().removeAll(DESCRIPTIONS);
    modules.values().removeIf(of -> of.size() < 2);
    assertThat(modules).as("names of classes that are in more than one module").isEmpty();
  }

  /** Returns the folders with sources of ours, the samples included. */
  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.walk(ROOT, 2)) {
      return folders.filter(folder -> Files.isDirectory(folder.resolve(SOURCES))).sorted().toList();
    }
  }
}
