package io.gild.ledger.postgres;

import io.gild.config.PrivateFiles;
import io.gild.ledger.LedgerEntry;
import io.gild.ledger.LedgerText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is new in the folder of a ledger to PostgreSQL.
 *
 * <p>How far each file was sent is kept in {@code postgres.json}, after PostgreSQL has it: what is
 * sent again after a crash is known there by its id. One JVM at a time sends the files of a folder,
 * also those that other JVMs have left. Thread-safe.
 */
final class Shipments {

  private static final int DAYS_OF_SENT_FILES = 2;
  private static final Pattern NAME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d\\..*\\.jsonl");

  /** Folders in use by this JVM: to close a file that is locked twice would unlock it. */
  private static final Set<Path> SENDING = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final PostgresLedger ledger;

  /**
   * What a round did.
   *
   * @param sent how many entries were sent
   * @param unsentBytes how much of the folder is not sent, because another JVM sends it
   */
  record Progress(long sent, long unsentBytes) {}

  Shipments(Path folder, PostgresLedger ledger) {
    this.folder = folder.toAbsolutePath();
    this.ledger = ledger;
  }

  PostgresLedger ledger() {
    return ledger;
  }

  /** Returns how many bytes are not sent, whole lines or not. */
  long unsentBytes() throws IOException {
    SentPositions positions = SentPositions.read(folder, ledger.place());
    long bytes = 0;
    for (Path file : files()) {
      bytes += Math.max(0, size(file) - positions.of(file));
    }
    return bytes;
  }

  /**
   * Sends all whole lines, unless another JVM is sending.
   *
   * @param onProblem takes lines that cannot be read, with their place
   * @throws IOException if the server or the folder fails; what was sent before is not sent again
   */
  Progress send(Consumer<String> onProblem) throws IOException {
    if (!Files.isDirectory(folder)) {
      return new Progress(0, 0);
    }
    if (!SENDING.add(folder)) {
      return new Progress(0, unsentBytes());
    }
    try (FileChannel channel =
            PrivateFiles.open(
                folder.resolve("postgres.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null ? new Progress(0, unsentBytes()) : new Progress(sendAll(onProblem), 0);
    } catch (OverlappingFileLockException otherLoader) {
      return new Progress(0, unsentBytes());
    } finally {
      SENDING.remove(folder);
    }
  }

  private long sendAll(Consumer<String> onProblem) throws IOException {
    SentPositions positions = SentPositions.read(folder, ledger.place());
    List<Path> files = files();
    positions.retain(files);
    long sent = 0;
    for (Path file : files) {
      sent += send(file, positions, onProblem);
    }
    if (deleteOld(files, positions)) {
      positions.write();
    }
    return sent;
  }

  private long send(Path file, SentPositions positions, Consumer<String> onProblem)
      throws IOException {
    long sent = 0;
    if (size(file) < positions.of(file)) {
      positions.put(file, 0); // it was deleted and begun again
    }
    if (size(file) == positions.of(file)) {
      return 0;
    }
    try (FileChannel channel = open(file, onProblem)) {
      while (channel != null) {
        LineBlock block = LineBlock.read(channel, positions.of(file));
        if (block.bytes() == 0) {
          return sent;
        }
        List<LedgerEntry> entries = entries(file, positions.of(file), block, onProblem);
        ledger.append(entries);
        sent += entries.size();
        positions.put(file, positions.of(file) + block.bytes());
        positions.write();
      }
    }
    return sent;
  }

  /**
   * Returns null for a file that is deleted or of another user; the others are sent all the same.
   */
  private static @Nullable FileChannel open(Path file, Consumer<String> onProblem)
      throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException deleted) {
      return null;
    } catch (AccessDeniedException forbidden) {
      onProblem.accept(
          file + " is not sent to PostgreSQL, because its permissions deny it: correct its owner");
      return null;
    }
  }

  private static List<LedgerEntry> entries(
      Path file, long start, LineBlock block, Consumer<String> onProblem) {
    List<LedgerEntry> entries = new ArrayList<>();
    for (String line : block.lines()) {
      try {
        if (!line.isBlank()) {
          entries.add(LedgerText.read(line));
        }
      } catch (IllegalArgumentException wrong) {
        onProblem.accept(
            "a line after byte %d of %s cannot be read and is not sent to PostgreSQL: %s"
                .formatted(start, file, wrong.getMessage()));
      }
    }
    return entries;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException deleted) {
      return 0;
    }
  }

  /** Deletes files that are sent as a whole and that no JVM writes any more. */
  private static boolean deleteOld(List<Path> files, SentPositions positions) throws IOException {
    Instant now = Instant.now();
    String oldest =
        LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(DAYS_OF_SENT_FILES).toString();
    boolean deleted = false;
    for (Path file : files) {
      boolean old =
          file.getFileName().toString().compareTo(oldest) < 0
              && size(file) == positions.of(file)
              && isUnchangedSince(now.minus(DAYS_OF_SENT_FILES, ChronoUnit.DAYS), file);
      if (old) {
        Files.deleteIfExists(file);
        positions.remove(file);
        deleted = true;
      }
    }
    return deleted;
  }

  private static boolean isUnchangedSince(Instant time, Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(time);
    } catch (NoSuchFileException deleted) {
      return false;
    }
  }
}
