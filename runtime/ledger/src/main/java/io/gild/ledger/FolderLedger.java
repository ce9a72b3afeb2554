package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.config.Journal;
import io.gild.config.JournalReader;
import io.gild.config.Require;
import io.gild.ledger.spi.LedgerSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries in a folder: a file of JSON lines for each day (UTC) and origin, in parts of a
 * limited size, readable by their owner alone.
 *
 * <p>What {@link #append} has added is forced to the disk. Several JVMs may use one folder, because
 * each writes files of its own. A line that cannot be read stays in its file, is reported, and
 * hides no other line. Readers hold one line in memory and do not disturb writers. Thread-safe.
 */
@Experimental
public final class FolderLedger implements LedgerSink {

  private static final int MOST_PROBLEMS = 20;

  private final Path folder;
  private final long maxFileBytes;

  /** The part that each day and origin is written to; few, because old ones are dropped. */
  private final Map<String, LedgerFile> open = new LinkedHashMap<>();

  /**
   * Names a folder; touches no file.
   *
   * @param folder the folder, made at the first entry
   * @param maxFileBytes about the most bytes of a file; 1 or more
   */
  public FolderLedger(Path folder, long maxFileBytes) {
    Require.atLeast(1, maxFileBytes, "max-file-bytes");
    this.folder = folder.toAbsolutePath();
    this.maxFileBytes = maxFileBytes;
  }

  /**
   * Returns the folder.
   *
   * @return an absolute path; it need not exist
   */
  public Path folder() {
    return folder;
  }

  @Override
  public synchronized void append(List<LedgerEntry> entries) throws IOException {
    Map<LedgerFile, List<String>> lines = new LinkedHashMap<>();
    for (LedgerEntry entry : entries) {
      lines.computeIfAbsent(file(entry), absent -> new ArrayList<>()).add(LedgerText.write(entry));
    }
    for (Map.Entry<LedgerFile, List<String>> each : lines.entrySet()) {
      append(each.getKey(), each.getValue());
    }
    if (open.size() > lines.size()) {
      open.clear();
    }
  }

  private LedgerFile file(LedgerEntry entry) throws IOException {
    LocalDate day = LedgerFile.dayOf(entry.time());
    String key = day + "." + entry.origin();
    LedgerFile known = open.get(key);
    if (known != null && size(known.in(folder)) < maxFileBytes) {
      return known;
    }
    LedgerFile file = known == null ? new LedgerFile(day, entry.origin(), 1) : known.next();
    while (size(file.in(folder)) >= maxFileBytes) {
      file = file.next();
    }
    open.put(key, file);
    return file;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException missing) {
      return 0;
    }
  }

  private void append(LedgerFile file, List<String> lines) throws IOException {
    try (Journal journal = Journal.builder(file.in(folder)).durable().build()) {
      journal.append(lines);
    } finally {
      Files.deleteIfExists(file.lockIn(folder)); // no other JVM writes the file
    }
  }

  @Override
  public void close() {
    // No file is open between calls.
  }

  @Override
  public List<LedgerReport> query(List<LedgerQuery> queries) throws IOException {
    if (queries.isEmpty()) {
      return List.of();
    }
    List<LedgerTally> tallies = queries.stream().map(LedgerTally::new).toList();
    List<String> problems = new ArrayList<>();
    read(
        earliest(queries),
        latest(queries),
        entry -> tallies.forEach(tally -> tally.add(entry)),
        problems::add);
    List<String> few = shortened(problems);
    return tallies.stream().map(tally -> tally.report(few)).toList();
  }

  private static List<String> shortened(List<String> problems) {
    if (problems.size() <= MOST_PROBLEMS) {
      return problems;
    }
    List<String> few = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
    few.add("and " + (problems.size() - MOST_PROBLEMS) + " more unreadable lines or files");
    return few;
  }

  private static @Nullable Instant earliest(List<LedgerQuery> queries) {
    Instant earliest = Instant.MAX;
    for (LedgerQuery query : queries) {
      Instant from = query.from();
      if (from == null) {
        return null;
      }
      earliest = from.isBefore(earliest) ? from : earliest;
    }
    return earliest;
  }

  private static @Nullable Instant latest(List<LedgerQuery> queries) {
    Instant latest = Instant.MIN;
    for (LedgerQuery query : queries) {
      Instant to = query.to();
      if (to == null) {
        return null;
      }
      latest = to.isAfter(latest) ? to : latest;
    }
    return latest;
  }

  /**
   * Reads entries one at a time, the files of the earliest day first. Entries that are there twice
   * are read once.
   *
   * @param from the first moment; {@code null} for no bound. Entries of the same day may be read,
   *     too.
   * @param to the moment after the last one; {@code null} for no bound. Entries of the same day may
   *     be read, too.
   * @param reader takes the entries
   * @param onProblem takes what cannot be read, with its place
   * @throws IOException if the folder cannot be read; a missing one has no entries
   */
  public void read(
      @Nullable Instant from,
      @Nullable Instant to,
      Consumer<LedgerEntry> reader,
      Consumer<String> onProblem)
      throws IOException {
    LocalDate first = from == null ? LocalDate.MIN : LedgerFile.dayOf(from);
    LocalDate last = to == null ? LocalDate.MAX : LedgerFile.dayOf(to);
    LedgerFile before = null;
    long number = 0;
    for (LedgerFile file : LedgerFile.all(folder, onProblem)) {
      if (file.day().isBefore(first) || file.day().isAfter(last)) {
        continue;
      }
      number = before != null && file.continues(before) ? number : 0;
      number = read(file, number, reader, onProblem);
      before = file;
    }
  }

  /** Returns the number of the last entry; a batch that was written twice begins below it. */
  private long read(
      LedgerFile file, long after, Consumer<LedgerEntry> reader, Consumer<String> onProblem) {
    Path path = file.in(folder);
    long number = after;
    try (JournalReader lines = JournalReader.open(path)) {
      for (JournalReader.Line line = lines.next(); line != null; line = lines.next()) {
        try {
          LedgerEntry entry = LedgerText.read(line.text());
          if (entry.number() > number) {
            number = entry.number();
            reader.accept(entry);
          }
        } catch (IllegalArgumentException wrong) {
          onProblem.accept(
              "line %d of %s cannot be read and stays as it is: %s"
                  .formatted(line.number(), path, wrong.getMessage()));
        }
      }
    } catch (IOException fault) {
      onProblem.accept(path + " cannot be read: " + fault);
    }
    return number;
  }

  @Override
  public synchronized void deleteBefore(LocalDate oldest) throws IOException {
    Instant changed = oldest.atStartOfDay().toInstant(ZoneOffset.UTC);
    for (LedgerFile file : LedgerFile.all(folder, problem -> {})) {
      Path path = file.in(folder);
      boolean old =
          file.day().isBefore(oldest)
              && Files.getLastModifiedTime(path)
                  .toInstant()
                  .isBefore(changed); // clocks may be wrong
      if (old) {
        Files.deleteIfExists(path);
      }
    }
  }
}
