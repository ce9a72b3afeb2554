package io.gild.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Asks git about a folder. */
final class GitTree {

  private GitTree() {}

  /**
   * Returns whether a folder has changes that git does not have; {@code false} if it is in no
   * repository or there is no git.
   */
  static boolean isDirty(Path folder) throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder(
                  List.of("git", "status", "--porcelain", "--", ".", ":(exclude,glob)**/.gild/**"))
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      git.getOutputStream().close();
      String changes = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 && !changes.isBlank();
    } catch (IOException absent) {
      return false;
    }
  }
}
