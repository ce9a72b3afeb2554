package io.gild.compiler;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Writes the registry's files beside the class files.
 *
 * <p>javac's own filer compares every new file with every source and every earlier file, which is
 * slow in a module of hundreds of agents and of no use here. Files are therefore written without
 * javac's filer. A build tool that tracks which file comes from which type installs its own filer;
 * then that filer is used, and also if the output is not a folder on disk.
 */
final class RegistryFiles {

  static final String AGENTS = "META-INF/gild/agents/";

  private static final String FILER_OF_JAVAC = "com.sun.tools.javac.processing.JavacFiler";

  private final Filer filer;
  private final String place;
  private boolean untracked;
  private @Nullable Path folder;

  /**
   * @param place folder of the files, with a slash at its end
   */
  RegistryFiles(Filer filer, String place) {
    this.filer = filer;
    this.place = place;
    this.untracked =
        filer instanceof FolderFiler || filer.getClass().getName().equals(FILER_OF_JAVAC);
  }

  /** Writes a file in UTF-8, independent of the encoding of the sources. */
  void write(String name, String text, TypeElement origin) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (untracked && folder == null) {
      folder = folder(name);
      untracked = folder != null;
    }
    if (folder != null) {
      Files.write(folder.resolve(name), bytes);
      return;
    }
    try (OutputStream out =
        filer
            .createResource(StandardLocation.CLASS_OUTPUT, "", place + name, origin)
            .openOutputStream()) {
      out.write(bytes);
    }
  }

  private @Nullable Path folder(String name) throws IOException {
    try {
      Path file =
          Path.of(filer.getResource(StandardLocation.CLASS_OUTPUT, "", place + name).toUri());
      return file.getFileSystem().equals(FileSystems.getDefault())
          ? Files.createDirectories(file.resolveSibling(""))
          : null;
    } catch (RuntimeException e) {
      return null; // not a file on disk
    }
  }
}
