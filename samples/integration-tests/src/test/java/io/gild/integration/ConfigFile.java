package io.gild.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@code gild.yaml} for a child. */
final class ConfigFile {

  private ConfigFile() {}

  static Path of(String yaml) throws IOException {
    Path file = Files.createTempFile("gild", ".yaml");
    file.toFile().deleteOnExit();
    return Files.writeString(file, yaml);
  }
}
