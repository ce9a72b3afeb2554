package io.gild.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the class path with which a {@code java} command runs its application. */
final class CommandClassPath {

  private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

  /** The options of java whose value is a separate word. */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-p",
          "--module-path",
          "--upgrade-module-path",
          "--add-modules",
          "--add-reads",
          "--add-exports",
          "--add-opens",
          "--limit-modules",
          "--patch-module",
          "--enable-native-access",
          "--source");

  private CommandClassPath() {}

  /**
   * Reads a command.
   *
   * @param command the command and its arguments
   * @param folder where it runs
   * @param environment its environment
   * @return the class path, with absolute entries if the command runs elsewhere; {@code null} if
   *     the command is not {@code java}, or its class path is given in a place that is not read
   */
  static @Nullable String of(List<String> command, Path folder, Map<String, String> environment) {
    Path name = command.isEmpty() ? null : Path.of(command.get(0)).getFileName();
    if (name == null || !name.toString().matches("java(w)?(\\.exe)?")) {
      return null;
    }
    String found = null;
    for (int i = 1; i < command.size(); i++) {
      String word = command.get(i);
      boolean more = i + 1 < command.size();
      if (word.startsWith("@")
          || word.equals("-m")
          || word.startsWith("--module=")
          || word.equals("--module")) {
        return null; // in a file, or a module path
      }
      if (word.equals("-jar")) {
        return more ? seen(command.get(i + 1), folder) : null;
      }
      if (word.startsWith("--class-path=")) {
        found = word.substring("--class-path=".length());
      } else if (CLASS_PATH.contains(word) && more) {
        found = command.get(++i);
      } else if (WITH_VALUE.contains(word)) {
        i++;
      } else if (!word.startsWith("-")) {
        break; // the main class
      }
    }
    String outside = environment.getOrDefault("CLASSPATH", ".");
    return seen(found == null ? outside : found, folder);
  }

  /** Leaves out missing entries: java ignores them, too. */
  private static @Nullable String seen(String classPath, Path folder) {
    List<String> there = new ArrayList<>();
    for (String entry : entries(classPath, folder).split(File.pathSeparator)) {
      if (!entry.isEmpty() && Files.exists(folder.resolve(entry))) {
        there.add(entry);
      }
    }
    return there.isEmpty() ? null : String.join(File.pathSeparator, there);
  }

  /** Reads the command of a process as far as the operating system shows it. */
  static @Nullable String ofProcess(String pid) {
    try {
      ProcessHandle.Info info =
          ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::info).orElse(null);
      if (info == null || info.command().isEmpty() || info.arguments().isEmpty()) {
        return null;
      }
      List<String> command = new ArrayList<>(List.of(info.command().get()));
      command.addAll(List.of(info.arguments().get()));
      return of(command, Path.of("/proc", pid, "cwd").toRealPath(), Map.of());
    } catch (IOException | RuntimeException notShown) {
      return null;
    }
  }

  /** Returns the entries of a class path, with wildcards replaced by their jars. */
  static String entries(String classPath, Path folder) {
    List<String> entries = new ArrayList<>();
    boolean here = folder.toAbsolutePath().equals(Path.of("").toAbsolutePath());
    for (String entry : classPath.split(File.pathSeparator)) {
      if (entry.equals("*") || entry.endsWith("/*") || entry.endsWith(File.separator + "*")) {
        addJars(entry.substring(0, entry.length() - 1), folder, here, entries);
      } else {
        entries.add(here ? entry : resolved(entry, folder));
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  /** Adds the jars of a wildcard. */
  private static void addJars(String name, Path folder, boolean here, List<String> entries) {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(folder.resolve(name), "*.{jar,JAR}")) {
      List<String> found = new ArrayList<>();
      for (Path jar : jars) {
        found.add(here ? name + jar.getFileName() : jar.toString());
      }
      found.sort(null);
      entries.addAll(found);
    } catch (IOException | InvalidPathException none) {
      // a wildcard without jars
    }
  }

  private static String resolved(String entry, Path folder) {
    try {
      return folder.resolve(entry).toString();
    } catch (InvalidPathException odd) {
      return entry;
    }
  }
}
