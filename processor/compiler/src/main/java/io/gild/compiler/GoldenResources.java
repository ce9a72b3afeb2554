package io.gild.compiler;

import io.gild.golden.GoldenSources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/** Finds files among the resources, which build tools keep in different places. */
final class GoldenResources {

  private static final List<StandardLocation> LOCATIONS =
      List.of(
          StandardLocation.CLASS_OUTPUT, StandardLocation.CLASS_PATH, StandardLocation.SOURCE_PATH);

  private static final Set<String> KINDS = Set.of("yaml", "yml", "json", "jsonl", "ndjson", "csv");

  /** A file that may be missing. */
  private static final String ANY = "gild";

  private final Filer filer;
  private final @Nullable String folder;

  /**
   * @param folder one more folder to look in, or {@code null}
   */
  GoldenResources(Filer filer, @Nullable String folder) {
    this.filer = filer;
    this.folder = folder;
  }

  /** Reads a file that another one names, relative to that one or to the resources. */
  Optional<String> beside(String file, String path) {
    String folder = file.substring(0, file.lastIndexOf('/') + 1);
    Optional<String> beside = folder.isEmpty() ? Optional.empty() : read(folder + path);
    return beside.isPresent() ? beside : read(path);
  }

  /**
   * Reads a file.
   *
   * @throws UncheckedIOException if it exists and is not text; the message names it
   */
  Optional<String> read(String file) {
    for (StandardLocation location : LOCATIONS) {
      // Not as text: javac would read it in the encoding of the sources.
      try (InputStream in = filer.getResource(location, "", file).openInputStream()) {
        return Optional.of(GoldenSources.text(file, in.readAllBytes()));
      } catch (UncheckedIOException unreadable) {
        throw unreadable;
      } catch (IOException | RuntimeException e) {
        // missing, or no such location in this compilation: the next one may have it
      }
    }
    try {
      return folder == null
          ? Optional.empty()
          : Optional.of(
              GoldenSources.text(file, Files.readAllBytes(Path.of(folder).resolve(file))));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Returns the existing golden files, as far as folders can be searched. */
  Set<String> present() {
    Set<String> found = new TreeSet<>();
    try {
      Path any = Path.of(filer.getResource(StandardLocation.CLASS_OUTPUT, "", ANY).toUri());
      addGolden(any.resolveSibling(""), found);
    } catch (IOException | RuntimeException e) {
      // not a folder on disk: nothing to search
    }
    if (folder != null) {
      try {
        addGolden(Path.of(folder), found);
      } catch (IOException | RuntimeException e) {
        // the folder's name is wrong, which is another mistake
      }
    }
    return found;
  }

  private static void addGolden(Path root, Set<String> found) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> KINDS.contains(extension(file)))
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .forEach(found::add);
    }
  }

  private static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
