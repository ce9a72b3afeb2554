package io.gild.a2a.server;

import io.gild.a2a.A2aException;
import io.gild.a2a.spi.StoredTask;
import io.gild.a2a.spi.TaskOwner;
import io.gild.a2a.spi.TaskPage;
import io.gild.a2a.spi.TaskQuery;
import io.gild.a2a.spi.TaskStore;
import io.gild.config.Experimental;
import io.gild.config.Journal;
import io.gild.config.JournalReader;
import io.gild.config.OwnedFile;
import io.gild.config.PrivateFiles;
import io.gild.config.Require;
import io.gild.core.GildLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tasks in a folder that only its owner can read; they outlive the process, however it ends.
 *
 * <p>Each change is a line of a journal, which is rewritten when most of its lines are outdated. If
 * the store is full, the ended task that changed longest ago is removed; a store full of tasks that
 * have not ended accepts no other. One process uses a folder at a time.
 */
@Experimental
public final class FolderTaskStore implements TaskStore {

  private static final int FEWEST_OUTDATED = 1_000;

  private final Path file;
  private final OwnedFile lock;
  private final TaskTable tasks;
  private final List<Unfinished> unfinished;
  private Journal journal;
  private int lines;
  private boolean closed;

  /**
   * Opens a store.
   *
   * @param folder the folder; made if it is missing
   * @param maxTasks the most tasks of all agents and tenants; 1 or more
   * @throws A2aException if the folder cannot be read or written, or another process uses it
   */
  public FolderTaskStore(Path folder, int maxTasks) {
    Require.atLeast(1, maxTasks, "maxTasks");
    this.file = folder.toAbsolutePath().resolve("tasks.jsonl");
    this.tasks = new TaskTable(maxTasks);
    try {
      PrivateFiles.createDirectories(folder);
      this.lock = OwnedFile.take(folder.resolve("tasks.lock"));
    } catch (OwnedFile.TakenException taken) {
      throw new A2aException(
          "another process uses the tasks in " + folder + "; give each its own a2a.folder", taken);
    } catch (IOException failure) {
      throw new A2aException("cannot use the folder " + folder + " for tasks: " + failure, failure);
    }
    try {
      read();
      rewrite();
      this.journal = Journal.builder(file).build();
      this.unfinished = tasks.all().stream().filter(each -> isUnfinished(each.stored())).toList();
    } catch (IOException | RuntimeException failure) {
      release();
      throw new A2aException("cannot read the tasks in " + file + ": " + failure, failure);
    }
  }

  private static boolean isUnfinished(StoredTask stored) {
    return !stored.task().state().isTerminal() && !stored.task().state().isInterrupted();
  }

  private void read() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    for (JournalReader.Line line : JournalReader.all(file)) {
      try {
        TaskLines.Entry entry = TaskLines.read(line.text());
        StoredTask former = tasks.find(entry.owner(), entry.taskId());
        if (entry.stored() != null) {
          tasks.put(entry.owner(), entry.stored());
        } else if (former != null) {
          tasks.remove(entry.owner(), former);
        }
      } catch (IllegalArgumentException | A2aException torn) {
        GildLog.info(file + ": a task is skipped that cannot be read: " + torn.getMessage());
      }
    }
  }

  private void rewrite() throws IOException {
    List<Unfinished> all = tasks.all();
    List<String> texts = new ArrayList<>();
    for (Unfinished each : all) {
      texts.add(TaskLines.write(each.owner(), each.stored()) + "\n");
    }
    PrivateFiles.write(file, String.join("", texts));
    lines = all.size();
  }

  @Override
  public synchronized void put(TaskOwner owner, StoredTask task) {
    if (closed) {
      throw new A2aException("the store of tasks in " + file + " is closed");
    }
    Unfinished evicted = tasks.put(owner, task);
    try {
      List<String> added = new ArrayList<>();
      if (evicted != null) {
        added.add(TaskLines.writeRemoved(evicted.owner(), evicted.stored().task().id()));
      }
      added.add(TaskLines.write(owner, task));
      journal.append(added);
      lines += added.size();
      if (lines > 2 * tasks.size() + FEWEST_OUTDATED) {
        journal.close();
        rewrite();
        journal = Journal.builder(file).build();
      }
    } catch (IOException failure) {
      throw new A2aException("cannot write the task to " + file + ": " + failure, failure);
    }
  }

  @Override
  public @Nullable StoredTask get(TaskOwner owner, String taskId) {
    return tasks.find(owner, taskId);
  }

  @Override
  public TaskPage list(TaskOwner owner, TaskQuery query) {
    return tasks.list(owner, query);
  }

  @Override
  public List<Unfinished> unfinished(String agent) {
    return unfinished.stream().filter(each -> each.owner().agent().equals(agent)).toList();
  }

  @Override
  public int size() {
    return tasks.size();
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      journal.close();
    } catch (IOException failure) {
      GildLog.faultOnce("closing " + file, failure);
    }
    release();
  }

  private void release() {
    try {
      lock.close();
    } catch (IOException failure) {
      GildLog.faultOnce("releasing " + file, failure);
    }
  }
}
