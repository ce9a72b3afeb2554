package io.gild.coordination;

import io.gild.config.Journal;
import io.gild.core.GildLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log of a folder. One thread writes what was appended meanwhile in one step, so that changes
 * share the cost of forcing them to the disk.
 */
final class FolderLog implements QueueLog {

  /** A log that is shorter is never replaced. */
  private static final long SHORT_BYTES = 16L << 20;

  private static final int MOST_PER_WRITE = 4 << 20;

  /** A line, or the lines of a new log. */
  private record Item(
      @Nullable String line, List<String> restart, Runnable written, Consumer<Exception> failed) {}

  private static final Item END = new Item(null, List.of(), () -> {}, failure -> {});

  private final QueueFolder folder;
  private final Consumer<Runnable> underLock;
  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final Thread writer = new Thread(null, this::run, "gild-broker-log", 0, false);
  private long bytes;
  private long longBytes = SHORT_BYTES;
  private boolean closed;

  /**
   * Creates the log.
   *
   * @param underLock runs its argument under the engine's lock, not at once if the lock is held
   */
  FolderLog(QueueFolder folder, Consumer<Runnable> underLock) {
    this.folder = folder;
    this.underLock = underLock;
    this.bytes = folder.length();
    writer.setContextClassLoader(null);
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  public void append(String line, Runnable written, Consumer<Exception> failed) {
    if (closed) {
      failed.accept(new IOException("the broker is closed"));
      return;
    }
    bytes += line.length() + 1L;
    queue.add(new Item(line, List.of(), written, failed));
  }

  @Override
  public boolean isLong(long liveBytes) {
    return !closed && bytes > longBytes + 2 * liveBytes;
  }

  @Override
  public void restart(List<String> lines) {
    bytes = lines.stream().mapToLong(line -> line.length() + 1L).sum();
    queue.add(new Item(null, lines, () -> {}, failure -> longBytes += SHORT_BYTES));
  }

  @Override
  public void close() {
    underLock.accept(() -> {
      if (!closed) {
        closed = true;
        queue.add(END);
      }
    });
    if (Thread.currentThread() != writer) {
      joinWriter();
    }
  }

  private void joinWriter() {
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException later) {
        interrupted = true; // what was acknowledged to no one yet is written in any case
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Item item = next();
    while (item != END) {
      item = item.line() == null ? restarted(item) : write(item);
    }
    folder.close();
  }

  private Item next() {
    while (true) {
      try {
        return queue.take();
      } catch (InterruptedException notOurs) {
        // the thread ends with the log alone
      }
    }
  }

  private Item restarted(Item item) {
    try {
      folder.replace(item.restart());
    } catch (IOException failure) {
      GildLog.faultOnce("Compacting the messages in " + folder.path(), failure);
      underLock.accept(() -> item.failed().accept(failure));
    }
    return next();
  }

  /** Writes all items up to the next one that is no line, and returns that one. */
  private Item write(Item first) {
    List<Item> batch = new ArrayList<>();
    long size = 0;
    Item item = first;
    while (item != null && item.line() != null && size < MOST_PER_WRITE) {
      batch.add(item);
      size += item.line().length();
      item = queue.poll();
    }
    try {
      Journal journal = folder.journal();
      journal.append(batch.stream().map(FolderLog::line).toList());
      underLock.accept(() -> batch.forEach(each -> each.written().run()));
    } catch (IOException failure) {
      GildLog.faultOnce("Writing messages to " + folder.path(), failure);
      underLock.accept(() -> batch.forEach(each -> each.failed().accept(failure)));
      pause();
    }
    return item == null ? next() : item;
  }

  private static String line(Item item) {
    String line = item.line();
    return line == null ? "" : line;
  }

  /** A full disk must not become a busy loop. */
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException notOurs) {
      return;
    }
  }
}
