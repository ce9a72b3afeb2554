package io.gild.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles one migrated module with the Maven of its project. */
final class MigrateBuild {

  private static final int SHOWN = 3;

  private final Path root;
  private final String module;

  MigrateBuild(Path root, String module) {
    this.root = root;
    this.module = module;
  }

  /**
   * Returns the first mistakes of the build; {@code null} if there is none, or nothing to build.
   *
   * <p>A build that cannot be started is a mistake as well: nothing is verified then.
   */
  @Nullable String mistake() throws IOException, InterruptedException {
    boolean whole = Files.exists(root.resolve("pom.xml"));
    Path folder = whole ? root : root.resolve(module);
    if (!Files.exists(folder.resolve("pom.xml"))) {
      return null;
    }
    List<String> command =
        new ArrayList<>(List.of(launcher(folder), "-q", "-o", "-B", "process-classes"));
    if (whole && !module.equals(".")) {
      command.addAll(List.of("-pl", module, "-am"));
    }
    Path log = Files.createTempFile("gild-migrate", ".log");
    try {
      Process maven;
      try {
        maven =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
      } catch (IOException absent) {
        return "no Maven to verify with: " + absent.getMessage();
      }
      maven.getOutputStream().close();
      return maven.waitFor() == 0 ? null : errors(log);
    } finally {
      Files.deleteIfExists(log);
    }
  }

  private static String errors(Path log) throws IOException {
    String text = Files.readString(log, Charset.forName("ISO-8859-1"));
    List<String> errors =
        text.lines().filter(each -> each.startsWith("[ERROR]")).limit(SHOWN).toList();
    return errors.isEmpty() ? "Maven failed: " + text.strip() : String.join(" ", errors);
  }

  /** Returns the wrapper of the project or of a folder above, or else the Maven of the path. */
  private static String launcher(Path project) {
    boolean windows = File.separatorChar == '\\';
    String name = windows ? "mvnw.cmd" : "mvnw";
    for (Path folder = project; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve(name))) {
        return folder.resolve(name).toString();
      }
    }
    return windows ? "mvn.cmd" : "mvn";
  }
}
