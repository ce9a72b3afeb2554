package io.gild.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Usage;
import io.gild.core.Attribution;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLedgerTests {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir Path folder;

  static LedgerEntry entry(String origin, long number, Instant time) {
    return new LedgerEntry(
        time,
        origin,
        number,
        LedgerEntry.Kind.USAGE,
        Attribution.NONE,
        1,
        Usage.of(10, 1),
        new BigDecimal("0.01"),
        1,
        false,
        null,
        Map.of());
  }

  private FolderLedger ledger() {
    return new FolderLedger(folder, 1 << 20);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static LedgerReport all(FolderLedger ledger) throws IOException {
    return ledger.query(List.of(LedgerQuery.all())).get(0);
  }

  @Test
  void writesAFileForEachDayAndOriginThatOnlyItsOwnerReads() throws Exception {
    try (FolderLedger ledger = ledger()) {
      ledger.append(
          List.of(
              entry("a", 1, NOON), entry("b", 1, NOON), entry("a", 2, NOON.plusSeconds(90_000))));
    }

    assertThat(names())
        .containsExactly("2026-01-31.a.jsonl", "2026-01-31.b.jsonl", "2026-02-01.a.jsonl");
    assertThat(Files.getPosixFilePermissions(folder.resolve("2026-01-31.a.jsonl")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void continuesInAnotherPartWhenAFileIsFull() throws Exception {
    try (FolderLedger ledger = new FolderLedger(folder, 200)) {
      for (int i = 1; i <= 5; i++) {
        ledger.append(List.of(entry("a", i, NOON)));
      }
      assertThat(all(ledger).total().requests()).isEqualTo(5);
    }
    assertThat(names())
        .containsExactly("2026-01-31.a.2.jsonl", "2026-01-31.a.3.jsonl", "2026-01-31.a.jsonl");
  }

  @Test
  void readsPastATornTailAndSaysWhereItIs() throws Exception {
    FolderLedger ledger = ledger();
    ledger.append(List.of(entry("a", 1, NOON), entry("a", 2, NOON)));
    Path file = folder.resolve("2026-01-31.a.jsonl");
    Files.writeString(file, "{\"time\":\"2026-01-", StandardOpenOption.APPEND);
    assertThat(all(ledger).total().requests()).isEqualTo(2);

    ledger.append(List.of(entry("a", 3, NOON)));

    LedgerReport report = all(ledger);
    assertThat(report.total().requests()).isEqualTo(3);
    assertThat(report.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem).contains("line 3 of " + file));
  }

  @Test
  void namesAFewOfManyProblems() throws Exception {
    FolderLedger ledger = ledger();
    ledger.append(List.of(entry("a", 1, NOON)));
    Files.writeString(
        folder.resolve("2026-01-31.a.jsonl"),
        "\u0000broken\n".repeat(500),
        StandardOpenOption.APPEND);
    Files.writeString(folder.resolve("copy of 2026-01-31.a.jsonl"), "x\n");

    LedgerReport report = all(ledger);

    assertThat(report.total().requests()).isEqualTo(1);
    assertThat(report.problems()).hasSize(21);
    assertThat(report.problems().get(0)).contains("DAY.ORIGIN.jsonl");
    assertThat(report.problems().get(20)).isEqualTo("and 481 more unreadable lines or files");
  }

  @Test
  void hasNoEntriesWithoutAFolder() throws Exception {
    FolderLedger ledger = new FolderLedger(folder.resolve("absent"), 100);
    assertThat(all(ledger)).isEqualTo(new LedgerReport(List.of(), List.of()));
    assertThat(folder.resolve("absent")).doesNotExist();
  }

  @Test
  void deletesOnlyDaysThatAreOverByTheFilesTimeToo() throws Exception {
    FolderLedger ledger = ledger();
    ledger.append(
        List.of(
            entry("a", 1, NOON),
            entry("a", 2, Instant.EPOCH),
            entry("a", 3, NOON.plusSeconds(86_400))));
    Files.setLastModifiedTime(folder.resolve("2026-01-31.a.jsonl"), FileTime.from(NOON));
    ledger.deleteBefore(LocalDate.parse("2026-02-01"));
    ledger.close();

    assertThat(names()).containsExactly("1970-01-01.a.jsonl", "2026-02-01.a.jsonl");
  }
}
