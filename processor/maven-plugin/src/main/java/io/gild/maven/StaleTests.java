package io.gild.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deletes compiled golden tests whose tasks were removed: a build without any other test compiles
 * nothing, and Surefire would still run the tests of an earlier build.
 */
final class StaleTests {

  private static final String SUFFIX = "GoldenTest.class";
  private static final byte[] MARK =
      "io/gild/evaluation/GoldenTests".getBytes(StandardCharsets.US_ASCII);
  private static final List<String> SOURCES = List.of(".java", ".kt", ".groovy", ".scala");

  private StaleTests() {}

  /**
   * Deletes them.
   *
   * @param classes the folder of the compiled tests
   * @param written the tests that were written now
   * @param roots the folders of sources; handwritten tests there are kept
   */
  static void delete(Path classes, Set<String> written, List<String> roots) throws IOException {
    if (!Files.isDirectory(classes)) {
      return;
    }
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
        String path = classes.relativize(file).toString().replace('\\', '/');
        String source = path.substring(0, path.length() - ".class".length());
        if (!written.contains(source.replace('/', '.'))
            && !isWritten(source, roots)
            && ClassBytes.contain(file, MARK)) {
          Files.delete(file);
        }
      }
    }
  }

  private static boolean isWritten(String source, List<String> roots) {
    return roots.stream()
        .anyMatch(root ->
            SOURCES.stream().anyMatch(end -> Files.exists(Path.of(root).resolve(source + end))));
  }
}
