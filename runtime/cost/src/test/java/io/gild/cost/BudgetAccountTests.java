package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.testkit.ManualClock;
import java.math.BigDecimal;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** What running calls may spend together. */
class BudgetAccountTests {

  private static final int LIMIT = 5;

  private final ManualClock clock = ManualClock.create();

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

  /** Two calls run already, of which one turns out cheaper than its estimate. */
  @Param(name = "estimate", gen = IntGen.class, conf = "1:3")
  public static class Calls {

    private final BudgetAccounts.Account account = account(ManualClock.create());

    public Calls() {
      account.reserve(3);
    }

    @Operation
    public boolean begin(@Param(name = "estimate") int estimate) {
      return account.reserve(estimate);
    }

    @Operation(runOnce = true)
    public void endDear() {
      account.settle(1, 1);
    }

    @Operation(runOnce = true)
    public void endCheap() {
      account.settle(2, 1);
    }

    @Operation
    public long spent() {
      return account.spentNanoUsd();
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

  @Test
  void exceedsTheBudgetByNoMoreThanRunningCallsExceedTheirEstimates() {
    BudgetAccounts.Account account = account(clock);
    assertThat(account.reserve(2)).isTrue();
    assertThat(account.reserve(3)).isTrue();
    assertThat(account.reserve(1)).as("all is reserved").isFalse();

    account.settle(2, 4);
    account.settle(3, 3);

    assertThat(account.spentNanoUsd()).isEqualTo(LIMIT + 2);
    assertThat(account.reserve(0)).isFalse();
  }

  @Test
  void keepsAReservationAfterThePeriodEnds() {
    BudgetAccounts.Account account = account(clock);
    assertThat(account.reserve(4)).isTrue();

    clock.advance(Duration.ofDays(1));

    assertThat(account.reserve(2)).isFalse();
    account.settle(4, 4);
    assertThat(account.spentNanoUsd()).as("it is spent when the call ends").isEqualTo(4);
  }

  private static BudgetAccounts.Account account(ManualClock clock) {
    Budget budget =
        new Budget(new BigDecimal(LIMIT).movePointLeft(9), Duration.ofDays(1), Budget.Per.NONE);
    return new BudgetAccounts(clock).of("small-change", budget, "");
  }
}
