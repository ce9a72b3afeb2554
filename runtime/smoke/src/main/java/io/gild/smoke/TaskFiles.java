package io.gild.smoke;

import io.gild.config.SettingsException;
import io.gild.core.GildLog;
import io.gild.golden.GoldenFile;
import io.gild.golden.GoldenSpec;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads golden tasks that are asked from outside. */
final class TaskFiles {

  private TaskFiles() {}

  /**
   * Reads the tasks of a file that have one turn. A conversation needs a session, which a single
   * request does not have: its task is left out, and one line says so.
   *
   * @param file the file; {@code null} if the settings name none
   * @param subject name of the setting, for messages
   * @param agent name of the agent; {@code null} for any
   * @throws SmokeException if the file is missing or wrong, an id is there twice, or no task is
   *     left
   */
  static List<GoldenSpec> read(@Nullable Path file, String subject, @Nullable String agent) {
    if (file == null) {
      throw new SmokeException(
          subject
              + " must name a file of golden tasks: those in annotations of an agent are not asked"
              + " here");
    }
    GoldenFile read = parsed(file, subject);
    List<GoldenFile.Task> own = agent == null ? read.tasks() : read.of(agent);
    List<GoldenSpec> tasks = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (GoldenFile.Task each : own) {
      GoldenSpec spec = each.spec();
      if (!ids.add(spec.id())) {
        throw new SmokeException(
            file
                + ":"
                + each.origin().line()
                + ": the task "
                + spec.id()
                + " is there for two agents. Name one of them with agent, or rename the task.");
      }
      if (spec.turns().size() == 1) {
        tasks.add(spec);
      } else {
        GildLog.infoOnce(
            "The golden task "
                + spec.id()
                + " in "
                + file
                + " is left out: it has several turns, and a single request can have one.");
      }
    }
    if (tasks.isEmpty()) {
      throw new SmokeException(
          file
              + " must have at least one golden task with a single turn"
              + (agent == null ? "" : " for the agent " + agent)
              + ", but has none of its "
              + read.tasks().size()
              + " tasks");
    }
    return List.copyOf(tasks);
  }

  private static GoldenFile parsed(Path file, String subject) {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw new SmokeException(
          subject + " names " + file.toAbsolutePath() + ", which does not exist", missing);
    } catch (MalformedInputException binary) {
      throw new SmokeException(file + " must be text in UTF-8, but is not", binary);
    } catch (IOException unreadable) {
      throw new SmokeException(file + " cannot be read: " + unreadable, unreadable);
    }
    try {
      GoldenFile read = GoldenFile.scan(file.toString(), text, path -> readBeside(file, path));
      if (!read.problems().isEmpty()) {
        throw new SettingsException(read.problems());
      }
      return read;
    } catch (SettingsException wrong) {
      throw new SmokeException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private static @Nullable String readBeside(Path file, String path) {
    try {
      return Files.readString(file.resolveSibling(path));
    } catch (IOException missing) {
      return null;
    }
  }

  /** Returns the task for smoke tests: the first one that is tagged {@code smoke}, or the first. */
  static GoldenSpec forSmoke(List<GoldenSpec> tasks) {
    return tasks.stream()
        .filter(each -> each.tags().contains("smoke"))
        .findFirst()
        .orElse(tasks.get(0));
  }
}
