package io.gild.config;

import io.gild.config.GoldenSet.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds golden files and their fixtures by their paths among the resources; each function returns
 * {@code null} for a file that is not there, and throws {@link UncheckedIOException} for one that
 * cannot be read.
 */
public final class GoldenSources {

  private GoldenSources() {}

  /**
   * Looks in folders.
   *
   * @param folders the folders, the best one first
   * @param naming says what messages call a file
   * @return finds files
   */
  public static Function<String, @Nullable Source> inFolders(
      List<Path> folders, Function<Path, String> naming) {
    return path -> {
      for (Path folder : folders) {
        Path file = folder.resolve(path);
        if (Files.isRegularFile(file)) {
          try {
            return new Source(naming.apply(file), Files.readString(file));
          } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
          }
        }
      }
      return null;
    };
  }

  /**
   * Looks on a class path.
   *
   * @param loader knows the class path
   * @return finds files, which messages call by their paths
   */
  public static Function<String, @Nullable Source> onClassPath(ClassLoader loader) {
    return path -> {
      try (InputStream stream = loader.getResourceAsStream(path)) {
        return stream == null
            ? null
            : new Source(path, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + path, e);
      }
    };
  }

  /**
   * Looks in one place after the other.
   *
   * @param first where to look first
   * @param second where to look for what is not there
   * @return finds files
   */
  public static Function<String, @Nullable Source> either(
      Function<String, @Nullable Source> first, Function<String, @Nullable Source> second) {
    return path -> {
      Source found = first.apply(path);
      return found == null ? second.apply(path) : found;
    };
  }
}
