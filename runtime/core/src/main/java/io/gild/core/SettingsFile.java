package io.gild.core;

import io.gild.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the application's {@code gild.yaml}. */
final class SettingsFile {

  private static final Path DEFAULT = Path.of("gild.yaml");

  private SettingsFile() {}

  /**
   * Reads the file that {@code gild.config} or {@code GILD_CONFIG} names, or {@code gild.yaml} of
   * the working directory. What is wrong with it is said line by line; the application runs on.
   */
  static Settings load() {
    String named = named();
    Settings settings;
    if (named != null) {
      settings = Settings.loadOrDefaults(Path.of(named));
    } else if (Files.isReadable(DEFAULT)) {
      settings = Settings.loadOrDefaults(DEFAULT);
    } else {
      settings = Settings.ofThisJvm().buildOrDefaults();
    }
    settings.problems().forEach(problem -> GildLog.info(problem.toString()));
    return settings;
  }

  private static @Nullable String named() {
    String property = System.getProperty("gild.config");
    return property != null ? property : System.getenv("GILD_CONFIG");
  }
}
