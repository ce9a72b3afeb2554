package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.GildLog;
import io.gild.cost.spi.BudgetAccount;
import io.gild.cost.spi.BudgetBalance;
import io.gild.cost.spi.BudgetSettlement;
import io.gild.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetJournalTests {

  private final ManualClock clock = ManualClock.create();
  private final BudgetAccount account =
      new BudgetAccount("team", "acme/de", clock.now(), clock.now().plus(Duration.ofDays(31)));

  @TempDir private Path folder;

  @AfterEach
  void resetLog() {
    GildLog.redirect((line, cause) -> {});
  }

  private InProcessBudgetStore store() {
    return new InProcessBudgetStore(clock, 100, new BudgetJournal(folder));
  }

  private static void spend(InProcessBudgetStore store, BudgetAccount account, long nanoUsd) {
    store.settle("call", List.of(new BudgetSettlement(account, 0, nanoUsd)));
  }

  @Test
  void keepsWhatSeveralStartsSpentAndAnnounced() {
    InProcessBudgetStore first = store();
    spend(first, account, 3);
    spend(first, account, 4);
    assertThat(first.announce(account, 80)).isTrue();
    // It is not closed, as if it had been killed.

    InProcessBudgetStore second = store();
    assertThat(second.balance(account)).isEqualTo(new BudgetBalance(account, 7, 0));
    assertThat(second.announce(account, 80)).isFalse();
    spend(second, account, 5);

    assertThat(store().balance(account).spentNanoUsd()).isEqualTo(12);
  }

  @Test
  void readsAroundALineThatWasCutOff() throws Exception {
    List<String> log = new ArrayList<>();
    GildLog.redirect((line, cause) -> log.add(line));
    spend(store(), account, 7);
    Path file = files().get(0);
    Files.writeString(file, "{\"budget\":\"team\",\"holder\":\"ac", StandardOpenOption.APPEND);

    assertThat(store().balance(account).spentNanoUsd()).isEqualTo(7);
    assertThat(log).singleElement().asString().contains("1 lines of", "left out");
  }

  @Test
  void deletesFilesWhoseWindowsAreOver() throws Exception {
    spend(store(), account, 7);
    clock.advance(Duration.ofDays(33));
    Files.setLastModifiedTime(
        files().get(0), java.nio.file.attribute.FileTime.from(account.start()));

    store();

    assertThat(files()).isEmpty();
  }

  @Test
  void shortensItsFileAndLosesNothing() throws Exception {
    InProcessBudgetStore store = store();
    for (int i = 0; i < 25_000; i++) {
      spend(store, account, 1);
    }
    store.close();

    assertThat(store().balance(account).spentNanoUsd()).isEqualTo(25_000);
    assertThat(Files.size(files().get(0))).isLessThan(1_500_000);
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }
}
