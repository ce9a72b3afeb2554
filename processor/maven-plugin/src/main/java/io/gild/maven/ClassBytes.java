package io.gild.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Searches class files. */
final class ClassBytes {

  private ClassBytes() {}

  /** Returns whether a file contains some bytes. */
  static boolean contain(Path file, byte[] mark) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 0; at <= bytes.length - mark.length; at++) {
      int i = 0;
      while (i < mark.length && bytes[at + i] == mark[i]) {
        i++;
      }
      if (i == mark.length) {
        return true;
      }
    }
    return false;
  }
}
