package io.gild.weaver;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.CodeSource;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the library of a class and its version, as far as its jar shows them. */
public final class LibraryJar {

  private static final Pattern FILE = Pattern.compile("([^/!]+?)-(\\d[^/!]*)\\.jar(?=[/!]*$)");
  private static final Pattern MAVEN = Pattern.compile("META-INF/maven/([^/]+)/.*/pom.properties");

  private static final ClassValue<String> NAMES =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return read(type);
        }
      };

  private LibraryJar() {}

  /**
   * Returns the library of a class.
   *
   * @param type the class
   * @return such as {@code langchain4j-open-ai 1.19.0}; the package's name if the library is
   *     unknown
   */
  public static String of(Class<?> type) {
    return NAMES.get(type);
  }

  private static String read(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location != null) {
      Matcher file = FILE.matcher(location.getPath());
      if (file.find()) {
        return file.group(1) + " " + file.group(2);
      }
      String packed = location.getPath().endsWith(".jar") ? ofMerged(location, type) : null;
      if (packed != null) {
        return packed;
      }
    }
    Package home = type.getPackage();
    String version = home.getImplementationVersion();
    return version == null ? type.getPackageName() : type.getPackageName() + " " + version;
  }

  /** Searches a merged jar for the group of the class's package. */
  private static @Nullable String ofMerged(URL jar, Class<?> type) {
    try (InputStream in = jar.openStream();
        JarInputStream entries = new JarInputStream(in, false)) {
      for (JarEntry entry = entries.getNextJarEntry();
          entry != null;
          entry = entries.getNextJarEntry()) {
        Matcher maven = MAVEN.matcher(entry.getName());
        if (maven.matches() && type.getName().startsWith(maven.group(1) + ".")) {
          Properties properties = new Properties();
          properties.load(entries);
          return maven.group(1) + " " + properties.getProperty("version", "");
        }
      }
    } catch (IOException | RuntimeException unreadable) {
      return null;
    }
    return null;
  }
}
