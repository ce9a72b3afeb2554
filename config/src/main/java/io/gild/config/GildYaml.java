package io.gild.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings file: where it is found if it is not named, and its content.
 *
 * <p>It is in the working folder or, where that is a module of a build, in a folder of the build
 * above it. Uses {@code java.io} alone, because it may run before main.
 */
@Experimental
public final class GildYaml {

  private static final String NAME = "gild.yaml";
  private static final String[] BUILD_FILES = {
    "pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"
  };

  /** No one writes so much by hand, and parsing it would delay the start. */
  private static final long MOST_BYTES = 4L << 20;

  private GildYaml() {}

  /**
   * Finds the settings file of this JVM: the one that {@code gild.config} or {@code GILD_CONFIG}
   * names, or else {@code gild.yaml} as {@link #of} finds it from the working folder.
   *
   * @return the file, which may be missing if it was named; {@code null} if there is none
   */
  public static @Nullable Path ofThisJvm() {
    String property = System.getProperty("gild.config");
    String named = property != null ? property : System.getenv("GILD_CONFIG");
    if (named != null) {
      return Path.of(named);
    }
    File file = find(new File(""));
    return file == null ? null : new File(NAME).isFile() ? Path.of(NAME) : file.toPath();
  }

  /**
   * Finds the settings file of a folder: its {@code gild.yaml} or, where the folder is a module of
   * a build of Maven or Gradle, the nearest one in the folders of that build above it.
   *
   * @param folder the folder
   * @return the file, or {@code null} if there is none
   */
  public static @Nullable Path of(Path folder) {
    File file = find(folder.toFile());
    return file == null ? null : file.toPath();
  }

  /**
   * Looks for the file.
   *
   * @param from the folder to begin with
   * @return the nearest file; {@code null} if there is none
   */
  private static @Nullable File find(File from) {
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

  /**
   * Returns what is wrong with the size of a settings file, before any of it is read.
   *
   * @param file a file
   * @return a sentence without its subject; {@code null} if the file may be read
   */
  public static @Nullable String wrongSize(File file) {
    return file.length() > MOST_BYTES
        ? "has %d MiB; settings are at most %d MiB. Is it the right file?"
            .formatted(file.length() >> 20, MOST_BYTES >> 20)
        : null;
  }

  /** Reads a file; problems are collected, and the result is then empty. */
  static PolicyTree read(Path path, Problems problems) {
    File file = path.toFile();
    String wrong = wrongSize(file);
    if (!file.exists()) {
      wrong = "no such file of settings";
    } else if (file.isDirectory()) {
      wrong = "is a directory, not a file";
    } else if (wrong == null) {
      try (InputStream in = new FileInputStream(file)) {
        String text =
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(in.readAllBytes()))
                .toString();
        return YamlText.readTree(path.toString(), text, problems);
      } catch (CharacterCodingException e) {
        wrong = "is not UTF-8 text";
      } catch (IOException e) {
        wrong = "cannot be read: " + e.getMessage();
      }
    }
    problems.add(Origin.of(path.toString()), "", wrong);
    return PolicyTree.empty();
  }
}
