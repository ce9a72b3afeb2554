package io.gild.observability;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of Gild, as the build wrote it. */
final class GildVersion {

  private static final String FILE = "version.properties";

  private GildVersion() {}

  /** Returns the version; {@code unknown} if the file was left out of a repackaged jar. */
  static String present() {
    Properties properties = new Properties();
    try (InputStream file = GildVersion.class.getResourceAsStream(FILE)) {
      if (file != null) {
        properties.load(file);
      }
    } catch (IOException unreadable) {
      return "unknown";
    }
    return properties.getProperty("version", "unknown");
  }
}
