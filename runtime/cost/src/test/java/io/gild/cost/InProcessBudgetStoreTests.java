package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.cost.spi.BudgetAccount;
import io.gild.cost.spi.BudgetClaim;
import io.gild.cost.spi.BudgetSettlement;
import io.gild.cost.spi.BudgetStore;
import io.gild.cost.spi.BudgetStoreContract;
import io.gild.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

class InProcessBudgetStoreTests extends BudgetStoreContract {

  private static final int LIMIT = 5;

  private final ManualClock clock = ManualClock.create();

  @Override
  protected BudgetStore open() {
    return new InProcessBudgetStore(clock, 1_000, null);
  }

  @Override
  protected Instant now() {
    return clock.now();
  }

  @Test
  void furtherHoldersShareOneAccountWhenThereAreTooMany() {
    InProcessBudgetStore store = new InProcessBudgetStore(clock, 2, null);
    assertThat(reserve(store, account(clock, "a"), 5)).isTrue();
    assertThat(reserve(store, account(clock, "b"), 5)).isTrue();

    assertThat(reserve(store, account(clock, "c"), 3)).isTrue();
    assertThat(reserve(store, account(clock, "d"), 3)).as("shares with c").isFalse();
    assertThat(reserve(store, account(clock, "d"), 2)).isTrue();
    assertThat(store.size()).isEqualTo(3);
  }

  @Test
  void releasesAccountsADayAfterTheirWindowsAreOver() {
    InProcessBudgetStore store = new InProcessBudgetStore(clock, 100_000, null);
    for (int i = 0; i < 1_000; i++) {
      reserve(store, account(clock, "first " + i), 0);
    }
    clock.advance(Duration.ofDays(3));
    for (int i = 0; i < 1_100; i++) {
      reserve(store, account(clock, "second " + i), 0);
    }

    assertThat(store.size()).isLessThanOrEqualTo(1_100);
  }

  @Test
  void neverReservesMoreThanTheBudgetHas() {
    new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .sequentialSpecification(ModelledAccount.class)
        .check(Calls.class);
  }

  private static BudgetAccount account(ManualClock clock, String holder) {
    return new BudgetAccount("team", holder, clock.now(), clock.now().plus(Duration.ofDays(1)));
  }

  private static boolean reserve(BudgetStore store, BudgetAccount account, long amount) {
    return store.reserve("id", List.of(new BudgetClaim(account, LIMIT, amount))).granted();
  }

  /** Two calls run already, of which one turns out cheaper than its estimate. */
  @Param(name = "estimate", gen = IntGen.class, conf = "1:3")
  public static class Calls {

    private final ManualClock clock = ManualClock.create();
    private final BudgetStore store = new InProcessBudgetStore(clock, 10, null);
    private final BudgetAccount account = account(clock, "");

    public Calls() {
      reserve(store, account, 3);
    }

    @Operation
    public boolean begin(@Param(name = "estimate") int estimate) {
      return reserve(store, account, estimate);
    }

    @Operation(runOnce = true)
    public void endDear() {
      store.settle("id", List.of(new BudgetSettlement(account, 1, 1)));
    }

    @Operation(runOnce = true)
    public void endCheap() {
      store.settle("id", List.of(new BudgetSettlement(account, 2, 1)));
    }

    @Operation
    public long spent() {
      return store.balance(account).spentNanoUsd();
    }
  }

  /** The same in plain words: money is open until it is promised. */
  public static class ModelledAccount {

    private int open = LIMIT - 3;
    private int spent;

    public boolean begin(int estimate) {
      boolean allowed = open > 0 && estimate <= open;
      open -= allowed ? estimate : 0;
      return allowed;
    }

    public void endDear() {
      spent++;
    }

    public void endCheap() {
      open++;
      spent++;
    }

    public long spent() {
      return spent;
    }
  }
}
