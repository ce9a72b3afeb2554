package io.gild.core;

import io.gild.config.GildYaml;
import io.gild.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the application's {@code gild.yaml}. */
final class SettingsFile {

  private SettingsFile() {}

  /**
   * Starts a runtime from the file that {@code gild.config} or {@code GILD_CONFIG} names, or from
   * {@code gild.yaml} of the working directory, and follows that file. Problems in it are logged
   * line by line; the application runs on.
   */
  static GildRuntime start() {
    Path file = GildYaml.ofThisJvm();
    Settings settings =
        file == null ? Settings.ofThisJvm().buildOrDefaults() : Settings.loadOrDefaults(file);
    GildRuntime runtime = start(settings);
    if (file != null) {
      runtime.follow(file, SettingsFile::reload);
    }
    return runtime;
  }

  /** Starts a runtime with settings that are read already, and logs problems in them. */
  static GildRuntime start(Settings settings) {
    log(settings);
    GildRuntime runtime =
        GildRuntime.builder()
            .settings(settings)
            .discover(SettingsFile.class.getClassLoader())
            .build();
    if (isOfTheWholeJvm(SettingsFile.class.getClassLoader())) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> logUnusedRules(runtime), "gild-rules"));
    }
    return runtime;
  }

  /** Logs what is wrong with settings, and what in them has no effect. */
  static void log(Settings settings) {
    settings.problems().forEach(problem -> GildLog.info(problem.toString()));
    logWithoutEffect(settings);
    logWhatNeedsTheAgent(settings);
  }

  private static Settings reload(Path file) {
    Settings changed = Settings.load(file);
    logWithoutEffect(changed);
    return changed;
  }

  private static void logWithoutEffect(Settings settings) {
    settings.withoutEffect().forEach(problem -> GildLog.infoOnce(problem.toString()));
  }

  private static void logWhatNeedsTheAgent(Settings settings) {
    List<String> sections = new ArrayList<>();
    if (settings.names("limits", "max-failed-requests")
        && settings.get(Limits.SECTION).maxFailedRequests() > 0) {
      sections.add("limits.max-failed-requests");
    }
    if (!settings.tools().isEmpty()) {
      sections.add("tools");
    }
    if (settings.governsModels()) {
      sections.add("models");
    }
    if (!sections.isEmpty()) {
      GildLog.info(
          String.join(", ", sections)
              + (sections.size() == 1 ? " has" : " have")
              + " no effect without the javaagent, which alone sees model libraries and HTTP"
              + " clients. Attach it, or remove these settings.");
    }
  }

  /**
   * A hook keeps its class loader as long as the JVM lives; the class loader of a web application
   * must not be kept.
   */
  private static boolean isOfTheWholeJvm(@Nullable ClassLoader loader) {
    return loader == ClassLoader.getSystemClassLoader()
        || loader != null
            && loader.getClass().getName().startsWith("org.springframework.boot.loader.");
  }

  private static void logUnusedRules(GildRuntime runtime) {
    UnusedRules.byMethod(runtime).forEach(GildLog::info);
    UnusedRules.byName(runtime).forEach(GildLog::info);
  }
}
