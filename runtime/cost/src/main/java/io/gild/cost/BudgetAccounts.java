package io.gild.cost;

import io.gild.core.spi.Clock;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The accounts of all budgets of a runtime: one per budget and tenant. Thread-safe. */
final class BudgetAccounts {

  private record Key(String budget, String tenant) {}

  private final Clock clock;
  private final Map<Key, Account> accounts = new ConcurrentHashMap<>();

  BudgetAccounts(Clock clock) {
    this.clock = clock;
  }

  /** Returns an account, which keeps the spent amount when its budget is changed. */
  Account of(String name, Budget budget, String tenant) {
    Account account =
        accounts.computeIfAbsent(new Key(name, tenant), absent -> new Account(clock, budget));
    account.follow(budget);
    return account;
  }

  /** What a tenant has spent; the tenant is empty if all callers share the budget. */
  record Spent(String tenant, long nanoUsd) {}

  /** Returns the accounts of a budget that have spent most. */
  List<Spent> spent(String name, int most) {
    List<Spent> all = new ArrayList<>();
    accounts.forEach((key, account) -> {
      if (key.budget().equals(name)) {
        all.add(new Spent(key.tenant(), account.spentNanoUsd()));
      }
    });
    all.sort(Comparator.comparingLong(Spent::nanoUsd).reversed().thenComparing(Spent::tenant));
    return all.subList(0, Math.min(most, all.size()));
  }

  /** Returns the highest amount spent of a budget in the present period, of all its tenants. */
  long highestSpentNanoUsd(String name) {
    long highest = 0;
    for (Map.Entry<Key, Account> each : accounts.entrySet()) {
      if (each.getKey().budget().equals(name)) {
        highest = Math.max(highest, each.getValue().spentNanoUsd());
      }
    }
    return highest;
  }

  /**
   * Money of the present period: the spent amount and the amount that running calls may still
   * spend.
   *
   * <p>Periods follow each other from the epoch, so that a period of one day is a day of UTC.
   */
  static final class Account {

    private final Clock clock;
    private volatile Budget budget;
    private long limitNanoUsd;
    private long periodMillis;
    private long period;
    private long spent;
    private long reserved;

    Account(Clock clock, Budget budget) {
      this.clock = clock;
      this.budget = budget;
      adopt(budget);
    }

    /** Applies changes of the settings. */
    void follow(Budget present) {
      if (budget != present) {
        synchronized (this) {
          budget = present;
          adopt(present);
        }
      }
    }

    private void adopt(Budget present) {
      limitNanoUsd =
          present.limit().movePointRight(9).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
      long millis = Math.max(1, present.period().toMillis());
      if (millis != periodMillis) {
        periodMillis = millis;
        period = presentPeriod();
      }
    }

    private long presentPeriod() {
      return Math.floorDiv(clock.now().toEpochMilli(), periodMillis);
    }

    synchronized boolean reserve(long nanoUsd) {
      turn();
      long open = limitNanoUsd - spent - reserved;
      if (open <= 0 || nanoUsd > open) {
        return false;
      }
      reserved += nanoUsd;
      return true;
    }

    synchronized void settle(long reservedNanoUsd, long spentNanoUsd) {
      turn();
      reserved -= reservedNanoUsd;
      spent += spentNanoUsd;
    }

    synchronized long spentNanoUsd() {
      turn();
      return spent;
    }

    private void turn() {
      long now = presentPeriod();
      if (now != period) {
        period = now;
        spent = 0;
      }
    }
  }
}
