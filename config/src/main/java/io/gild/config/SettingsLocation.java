package io.gild.config;

import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code gild.yaml} is if it is not named: in the working folder or, where that is a module
 * of a build, in a folder of the build above it.
 *
 * <p>Uses {@code java.io} alone, for it may run before main.
 */
final class SettingsLocation {

  private static final String NAME = "gild.yaml";
  private static final String[] BUILD_FILES = {
    "pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"
  };

  private SettingsLocation() {}

  /**
   * Looks for the file.
   *
   * @param from the folder to begin with
   * @return the nearest file; {@code null} if there is none
   */
  static @Nullable File find(File from) {
    File folder = from.getAbsoluteFile();
    while (true) {
      File file = new File(folder, NAME);
      if (file.isFile()) {
        return file;
      }
      File parent = folder.getParentFile();
      if (parent == null || !isOfABuild(folder) || !isOfABuild(parent)) {
        return null;
      }
      folder = parent;
    }
  }

  private static boolean isOfABuild(File folder) {
    for (String name : BUILD_FILES) {
      if (new File(folder, name).isFile()) {
        return true;
      }
    }
    return false;
  }
}
