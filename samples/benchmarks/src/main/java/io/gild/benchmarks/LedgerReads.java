package io.gild.benchmarks;

import io.gild.config.Usage;
import io.gild.core.Attribution;
import io.gild.core.CostDimension;
import io.gild.ledger.FolderLedger;
import io.gild.ledger.LedgerEntry;
import io.gild.ledger.LedgerPeriod;
import io.gild.ledger.LedgerQuery;
import io.gild.ledger.LedgerReport;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Questions about a ledger of many lines, compared with counting the lines of its files. */
final class LedgerReads {

  private static final int BATCH = 10_000;
  private static final int DAYS = 30;
  private static final long MAX_FILE_BYTES = 1L << 26;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private final int entries;
  private final int rounds;

  LedgerReads(int entries, int rounds) {
    this.entries = entries;
    this.rounds = rounds;
  }

  Row measure(String name) throws Exception {
    Path folder = Files.createTempDirectory("gild-bench-ledger");
    try (FolderLedger ledger = new FolderLedger(folder, MAX_FILE_BYTES)) {
      fill(ledger);
      Samples ours = new Samples();
      Samples other = new Samples();
      for (int i = 0; i < rounds; i++) {
        ours.add(ask(ledger), Double.NaN);
        other.add(count(folder), Double.NaN);
      }
      return new Row(
          name + " / counting lines",
          "s",
          ours.score(),
          other.score(),
          "%,d entries in %,d MB; sums by agent and tenant, and by day, in one pass"
              .formatted(entries, bytes(folder) >> 20));
    } finally {
      delete(folder);
    }
  }

  private void fill(FolderLedger ledger) throws IOException {
    List<LedgerEntry> batch = new ArrayList<>();
    for (int i = 1; i <= entries; i++) {
      batch.add(entry(i));
      if (batch.size() == BATCH || i == entries) {
        ledger.append(batch);
        batch.clear();
      }
    }
  }

  private LedgerEntry entry(int number) {
    return new LedgerEntry(
        FIRST.plusSeconds(86_400L * DAYS * number / (entries + 1L)),
        "bench",
        number,
        LedgerEntry.Kind.USAGE,
        new Attribution(
            Map.of(
                CostDimension.AGENT,
                "agent" + number % 10,
                CostDimension.METHOD,
                "SupportAgent.answer",
                CostDimension.MODEL,
                "gpt-4o-mini",
                CostDimension.TENANT,
                "tenant" + number % 100,
                CostDimension.USER,
                "#5b0c7d1e9a44f210")),
        1,
        Usage.of(1_000, 100),
        new BigDecimal("0.000210001"),
        1,
        false,
        null,
        Map.of());
  }

  private double ask(FolderLedger ledger) throws IOException {
    long start = System.nanoTime();
    List<LedgerReport> reports =
        ledger.query(
            List.of(
                LedgerQuery.all().by(CostDimension.AGENT, CostDimension.TENANT),
                LedgerQuery.all().every(LedgerPeriod.DAY, ZoneOffset.UTC)));
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    for (LedgerReport report : reports) {
      if (report.total().requests() != entries) {
        throw new IllegalStateException("Not all entries were read");
      }
    }
    return seconds;
  }

  private static double count(Path folder) throws IOException {
    long start = System.nanoTime();
    long lines = 0;
    for (Path file : files(folder)) {
      try (Stream<String> all = Files.lines(file)) {
        lines += all.count();
      }
    }
    if (lines == 0) {
      throw new IllegalStateException("No line was counted");
    }
    return (System.nanoTime() - start) / NANOS_PER_SECOND;
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : files(folder)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
