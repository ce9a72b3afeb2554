package io.gild.maven;

import io.gild.golden.DeclaredAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoFailureException;

/**
 * Finds classes that carry annotations of Gild although no processor ran: JDK 23 and later ignore
 * processors that are only on the class path.
 */
final class UnprocessedClasses {

  /** A descriptor of an annotation; those of workflows govern nothing and leave no registry. */
  private static final Pattern MARK =
      Pattern.compile(
          "Lio/gild/annotations/(?!(WorkflowInterface|WorkflowStep|Pipeline|Parallel|Voting"
              + "|Supervised|HandOffs|Repeated)\\b)");

  private UnprocessedClasses() {}

  /**
   * Fails if a module has annotated classes and no registry.
   *
   * @throws MojoFailureException if so, with a remedy
   */
  static void failIfAny(Path classes, List<DeclaredAgent> agents) throws MojoFailureException {
    if (!agents.isEmpty()) {
      return;
    }
    List<String> found = find(classes);
    if (!found.isEmpty()) {
      throw new MojoFailureException(
          """
          %d classes carry annotations of Gild, but the annotation processor did not run: %s.
          JDK 23 and later run processors only if they are asked to. Add to maven-compiler-plugin:
            <configuration>
              <proc>full</proc>
              <annotationProcessorPaths>
                <path>
                  <groupId>io.gild</groupId>
                  <artifactId>gild-processor</artifactId>
                  <version>${gild.version}</version>
                </path>
              </annotationProcessorPaths>
            </configuration>\
          """
              .formatted(
                  found.size(), String.join(", ", found.subList(0, Math.min(5, found.size())))));
    }
  }

  private static List<String> find(Path classes) {
    if (!Files.isDirectory(classes)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(UnprocessedClasses::isMarked)
          .map(file -> name(classes.relativize(file)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    String path = file.toString();
    return path.substring(0, path.length() - ".class".length())
        .replace(file.getFileSystem().getSeparator(), ".");
  }

  /** Searches the bytes for the beginning of a descriptor; classes of annotations have none. */
  static boolean isMarked(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try {
      return MARK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
