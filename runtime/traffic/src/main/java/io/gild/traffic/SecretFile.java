package io.gild.traffic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with a token, which another program may replace at any time. */
final class SecretFile {

  private SecretFile() {}

  /** Reads a token that fits in a header. */
  static String read(Path file) throws IOException {
    String token;
    try {
      token = Files.readString(file).strip();
    } catch (IOException failure) {
      throw new IOException("the token file cannot be read: " + failure, failure);
    }
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IOException("the file " + file + " must contain one token, without blanks");
    }
    return token;
  }
}
