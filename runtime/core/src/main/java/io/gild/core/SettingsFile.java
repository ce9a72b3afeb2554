package io.gild.core;

import io.gild.config.Settings;
import java.nio.file.Path;

/** Finds the application's {@code gild.yaml}. */
final class SettingsFile {

  private SettingsFile() {}

  /**
   * Starts a runtime from the file that {@code gild.config} or {@code GILD_CONFIG} names, or from
   * {@code gild.yaml} of the working directory, and follows that file. What is wrong with it is
   * said line by line; the application runs on.
   */
  static GildRuntime start() {
    Path file = Settings.fileOfThisJvm();
    Settings settings =
        file == null ? Settings.ofThisJvm().buildOrDefaults() : Settings.loadOrDefaults(file);
    settings.problems().forEach(problem -> GildLog.info(problem.toString()));
    if (settings.names("limits", "max-failed-requests")
        && settings.limits().maxFailedRequests() > 0) {
      GildLog.info(
          "limits.max-failed-requests has no effect without the javaagent, which alone sees the"
              + " requests of HTTP clients. Attach it, or leave the limit out.");
    }
    GildRuntime runtime =
        GildRuntime.builder()
            .settings(settings)
            .discover(SettingsFile.class.getClassLoader())
            .build();
    if (file != null) {
      runtime.follow(file, Settings::load);
    }
    return runtime;
  }
}
