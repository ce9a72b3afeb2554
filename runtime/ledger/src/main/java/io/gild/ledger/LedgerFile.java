package io.gild.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of a {@link FolderLedger}, such as {@code 2026-01-31.4f1c0a.jsonl}; its further parts have
 * a number behind the origin.
 */
record LedgerFile(LocalDate day, String origin, int part) {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
  private static final String SUFFIX = ".jsonl";
  private static final Pattern NAME =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)\\.([a-z0-9]{1,40})(?:\\.(\\d{1,6}))?\\.jsonl");

  LedgerFile next() {
    return new LedgerFile(day, origin, part + 1);
  }

  /** Returns whether the file has further entries of the same day and origin. */
  boolean continues(LedgerFile before) {
    return day.equals(before.day) && origin.equals(before.origin);
  }

  Path in(Path folder) {
    return folder.resolve(day + "." + origin + (part == 1 ? "" : "." + part) + SUFFIX);
  }

  Path lockIn(Path folder) {
    Path file = in(folder);
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  /** Returns the day of a time in UTC, within the years that a file's name can have. */
  static LocalDate dayOf(Instant time) {
    Instant bounded = time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    return LocalDate.ofInstant(bounded, ZoneOffset.UTC);
  }

  /** Returns the files of a folder in the order of their entries; none if it is missing. */
  static List<LedgerFile> all(Path folder, Consumer<String> onProblem) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    List<LedgerFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        LedgerFile file = of(path.getFileName().toString());
        if (file != null) {
          files.add(file);
        } else if (path.toString().endsWith(SUFFIX)) {
          onProblem.accept(path + " is not read: the name of a ledger's file is DAY.ORIGIN.jsonl");
        }
      }
    }
    files.sort(
        Comparator.comparing(LedgerFile::day)
            .thenComparing(LedgerFile::origin)
            .thenComparingInt(LedgerFile::part));
    return files;
  }

  private static @Nullable LedgerFile of(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    String part = matcher.group(3);
    try {
      return new LedgerFile(
          LocalDate.parse(matcher.group(1)),
          matcher.group(2),
          part == null ? 1 : Integer.parseInt(part));
    } catch (DateTimeException noDay) {
      return null;
    }
  }
}
