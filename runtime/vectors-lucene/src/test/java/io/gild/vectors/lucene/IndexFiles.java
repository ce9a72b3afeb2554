package io.gild.vectors.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files below a folder. */
record IndexFiles(Path folder) {

  List<Path> all() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  boolean contain(byte[] wanted) throws IOException {
    for (Path file : all()) {
      if (contains(Files.readAllBytes(file), wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int from = 0; from + wanted.length <= bytes.length; from++) {
      int same = 0;
      while (same < wanted.length && bytes[from + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
