package io.gild.cost.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BudgetStore} does; the test of an implementation extends this class. Needs
 * JUnit Jupiter alone.
 */
public abstract class BudgetStoreContract {

  private static final long LIMIT = 100;

  private BudgetStore store;
  private BudgetAccount account;

  /** Creates the tests. */
  protected BudgetStoreContract() {}

  /**
   * Returns a store without accounts.
   *
   * @return the store; the test closes it
   * @throws Exception if that is impossible
   */
  protected abstract BudgetStore open() throws Exception;

  /**
   * Returns the time of the store's clock.
   *
   * @return the time
   */
  protected abstract Instant now();

  @BeforeEach
  void openStore() throws Exception {
    store = open();
    account = account("team", "acme", 0);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private BudgetAccount account(String budget, String holder, int day) {
    Instant start = now().minusSeconds(3_600).plus(Duration.ofDays(day));
    return new BudgetAccount(budget, holder, start, start.plus(Duration.ofDays(1)));
  }

  private boolean reserve(String id, BudgetAccount of, long amount) {
    return store.reserve(id, List.of(new BudgetClaim(of, LIMIT, amount))).granted();
  }

  private BudgetBalance settle(String id, BudgetAccount of, long released, long spent) {
    return store.settle(id, List.of(new BudgetSettlement(of, released, spent))).get(0);
  }

  @Test
  void anUnusedAccountIsEmpty() {
    assertEquals(new BudgetBalance(account, 0, 0), store.balance(account));
  }

  @Test
  void reservesUpToTheLimitAndNotMore() {
    assertTrue(reserve("a", account, 60));
    assertTrue(reserve("b", account, 40));
    assertFalse(reserve("c", account, 1));
    assertFalse(reserve("c", account, 0), "nothing is open");
    assertEquals(new BudgetBalance(account, 0, 100), store.balance(account));
  }

  @Test
  void chargesWhatWasSpentAndReleasesTheRest() {
    reserve("a", account, 60);

    assertEquals(new BudgetBalance(account, 25, 0), settle("a", account, 60, 25));
    assertTrue(reserve("b", account, 75));
  }

  @Test
  void settlesInParts() {
    reserve("a", account, 60);

    assertEquals(new BudgetBalance(account, 20, 40), settle("a", account, 20, 20));
    assertEquals(new BudgetBalance(account, 20, 0), settle("a", account, 40, 0));
  }

  @Test
  void chargesInFullWhatExceedsReservationAndLimit() {
    reserve("a", account, 10);

    assertEquals(new BudgetBalance(account, 130, 0), settle("a", account, 10, 130));
    assertFalse(reserve("b", account, 0));
  }

  @Test
  void chargesWithoutAReservation() {
    assertEquals(new BudgetBalance(account, 5, 0), settle("a", account, 0, 5));
  }

  @Test
  void reservesInAllAccountsOrInNone() {
    BudgetAccount other = account("company", "", 0);
    reserve("a", other, 90);

    BudgetReply reply =
        store.reserve(
            "b", List.of(new BudgetClaim(account, LIMIT, 20), new BudgetClaim(other, LIMIT, 20)));

    assertEquals(other, reply.refused());
    assertEquals(
        List.of(new BudgetBalance(account, 0, 0), new BudgetBalance(other, 0, 90)),
        reply.balances());
    assertEquals(0, store.balance(account).reservedNanoUsd());
  }

  @Test
  void neverRefusesAClaimWithoutALimit() {
    BudgetClaim unlimited = new BudgetClaim(account, Long.MAX_VALUE, Long.MAX_VALUE);

    assertTrue(store.reserve("a", List.of(unlimited)).granted());
    assertTrue(store.reserve("b", List.of(unlimited)).granted());
    assertFalse(reserve("c", account, 1), "sums stay at the largest number");
  }

  @Test
  void keepsHoldersBudgetsAndWindowsApart() {
    reserve("a", account, 100);

    assertTrue(reserve("b", account("team", "other", 0), 100));
    assertTrue(reserve("c", account("company", "acme", 0), 100));
    assertTrue(reserve("d", account("team", "acme", 1), 100));
    assertTrue(reserve("e", account("team", "acme\n/ü\u0000 %", 0), 100));
    assertFalse(reserve("f", account, 1));
  }

  @Test
  void listsThePresentAccountsThatSpentMost() {
    BudgetAccount second = account("team", "b", 0);
    settle("a", account, 0, 10);
    settle("b", second, 0, 30);
    settle("c", account("team", "c", 0), 0, 20);
    settle("d", account("team", "later", 1), 0, 99);
    settle("e", account("company", "d", 0), 0, 99);

    assertEquals(
        List.of("b", "c"),
        store.balances("team", 2).stream().map(each -> each.account().holder()).toList());
    assertEquals(3, store.balances("team", 10).size());
    assertEquals(new BudgetBalance(second, 30, 0), store.balances("team", 1).get(0));
  }

  @Test
  void announcesEachShareOfAnAccountOnce() {
    assertTrue(store.announce(account, 80));
    assertFalse(store.announce(account, 80));
    assertTrue(store.announce(account, 100));
    assertTrue(store.announce(account("team", "acme", 1), 80));
  }

  @Test
  void concurrentReservationsNeverExceedTheLimit() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch go = new CountDownLatch(1);
    try {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String id = "call " + i;
        all.add(
            threads.submit(() -> {
              go.await();
              boolean granted = reserve(id, account, 10);
              if (granted) {
                settle(id, account, 10, 10);
              }
              return granted;
            }));
      }
      go.countDown();
      int granted = 0;
      for (Future<Boolean> each : all) {
        granted += each.get(30, TimeUnit.SECONDS) ? 1 : 0;
      }
      assertEquals(10, granted);
    } finally {
      threads.shutdownNow();
    }
    assertEquals(new BudgetBalance(account, 100, 0), store.balance(account));
  }
}
