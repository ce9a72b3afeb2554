package io.gild.cost;

import io.gild.config.Journal;
import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import io.gild.core.GildLog;
import io.gild.cost.spi.BudgetAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that keeps what was spent of budgets, so that a restart does not give the money again.
 *
 * <p>Each JVM writes a file of its own. A line has the total that this JVM has spent of an account,
 * so that a line that is lost or repeated changes nothing once a later one is there. A file whose
 * windows are all over is deleted by a later start. Thread-safe.
 */
final class BudgetJournal implements AutoCloseable {

  private static final String SUFFIX = ".jsonl";
  private static final int REWRITE_AFTER_LINES = 20_000;

  /** A window that has just ended is still read: the clock of the machine may be corrected. */
  private static final Duration KEPT = Duration.ofDays(1);

  /**
   * What one JVM has spent of an account.
   *
   * @param announced shares in percent that were announced
   */
  record Line(BudgetAccount account, long spentNanoUsd, List<Integer> announced) {

    private String json() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("budget", account.budget());
      fields.put("holder", account.holder());
      fields.put("start", account.start().toString());
      fields.put("end", account.end().toString());
      fields.put("spentNanoUsd", String.valueOf(spentNanoUsd)); // exact in every reader of JSON
      fields.put("announced", announced);
      return Json.write(fields);
    }

    /** Returns what a line holds; null if it is not one of these. */
    private static @Nullable Line of(String json) {
      try {
        if (!(Json.read(json) instanceof Map<?, ?> fields)) {
          return null;
        }
        BudgetAccount account =
            new BudgetAccount(
                String.valueOf(fields.get("budget")),
                String.valueOf(fields.get("holder")),
                Instant.parse(String.valueOf(fields.get("start"))),
                Instant.parse(String.valueOf(fields.get("end"))));
        List<Integer> announced = new ArrayList<>();
        if (fields.get("announced") instanceof List<?> list) {
          list.forEach(each -> announced.add(((Number) each).intValue()));
        }
        long spent = Long.parseLong(String.valueOf(fields.get("spentNanoUsd")));
        return spent < 0 ? null : new Line(account, spent, announced);
      } catch (DateTimeException | IllegalArgumentException | ClassCastException unreadable) {
        return null;
      }
    }
  }

  private final Path folder;
  private final Path file;
  private final ReentrantReadWriteLock rewriting = new ReentrantReadWriteLock();
  private Journal journal;
  private volatile int lines;

  /**
   * @param folder where the files of all JVMs are; made at the first line
   */
  BudgetJournal(Path folder) {
    this.folder = folder;
    this.file =
        folder.resolve("jvm-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID() + SUFFIX);
    this.journal = Journal.builder(file).build();
  }

  /** Reads what all JVMs spent of windows that are not over, and deletes files without any. */
  List<Line> read(Instant now) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Line> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList()) {
        all.addAll(read(each, now.minus(KEPT)));
      }
    } catch (IOException failure) {
      GildLog.faultOnce("Reading what was spent of budgets in " + folder, failure);
    }
    return all;
  }

  private static List<Line> read(Path path, Instant since) throws IOException {
    Map<BudgetAccount, Line> last = new HashMap<>();
    int unreadable = 0;
    try (Stream<String> texts = Files.lines(path)) {
      for (String text : (Iterable<String>) texts::iterator) {
        Line line = text.isBlank() ? null : Line.of(text);
        if (line == null) {
          unreadable += text.isBlank() ? 0 : 1;
        } else if (line.account().end().isAfter(since)) {
          last.merge(line.account(), line, BudgetJournal::later);
        }
      }
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    if (unreadable > 0) {
      GildLog.info(
          "%,d lines of %s are not what a budget has spent, and are left out."
              .formatted(unreadable, path));
    } else if (last.isEmpty() && isOld(path, since)) {
      Files.deleteIfExists(path);
    }
    return List.copyOf(last.values());
  }

  private static boolean isOld(Path path, Instant since) throws IOException {
    return Files.getLastModifiedTime(path).toInstant().isBefore(since);
  }

  /** Totals only grow, and several threads may write theirs in any order. */
  private static Line later(Line one, Line other) {
    List<Integer> announced = new ArrayList<>(one.announced());
    announced.addAll(other.announced());
    return new Line(
        one.account(),
        Math.max(one.spentNanoUsd(), other.spentNanoUsd()),
        announced.stream().distinct().sorted().toList());
  }

  /**
   * Adds totals. When this returns, they outlive the JVM.
   *
   * @param present returns all totals of this JVM, in place of all lines so far if these are many
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // a rewrite may come a little later
  void add(List<Line> totals, Supplier<List<Line>> present) {
    rewriting.readLock().lock();
    try {
      journal.append(totals.stream().map(Line::json).toList());
      lines += totals.size();
    } catch (IOException failure) {
      GildLog.faultOnce(
          "Keeping what was spent of budgets in " + file + "; a restart would not know it",
          failure);
    } finally {
      rewriting.readLock().unlock();
    }
    if (lines > REWRITE_AFTER_LINES) {
      rewrite(present);
    }
  }

  private void rewrite(Supplier<List<Line>> present) {
    rewriting.writeLock().lock();
    try {
      if (lines <= REWRITE_AFTER_LINES) {
        return;
      }
      StringBuilder text = new StringBuilder();
      List<Line> totals = present.get();
      totals.forEach(total -> text.append(total.json()).append('\n'));
      journal.close();
      PrivateFiles.write(file, text.toString());
      lines = -totals.size(); // so that many accounts do not make each line a rewrite
    } catch (IOException failure) {
      lines = 0;
      GildLog.faultOnce("Shortening " + file, failure);
    } finally {
      journal = Journal.builder(file).build();
      rewriting.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    rewriting.writeLock().lock();
    try {
      journal.close();
    } catch (IOException failure) {
      GildLog.faultOnce("Closing " + file, failure);
    } finally {
      rewriting.writeLock().unlock();
    }
  }
}
