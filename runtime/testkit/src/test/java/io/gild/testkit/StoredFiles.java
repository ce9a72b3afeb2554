package io.gild.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that a store has written.
 *
 * @param folder its folder
 */
record StoredFiles(Path folder) {

  boolean anyContains(String text) {
    return all().stream().anyMatch(file -> contains(file, text));
  }

  private static boolean contains(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  /** Returns the first journal. */
  Path journal() {
    return all().stream()
        .filter(file -> file.toString().endsWith(".jsonl"))
        .findFirst()
        .orElseThrow();
  }

  List<Path> all() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
