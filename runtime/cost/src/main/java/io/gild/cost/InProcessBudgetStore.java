package io.gild.cost;

import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import io.gild.cost.spi.BudgetAccount;
import io.gild.cost.spi.BudgetBalance;
import io.gild.cost.spi.BudgetClaim;
import io.gild.cost.spi.BudgetReply;
import io.gild.cost.spi.BudgetSettlement;
import io.gild.cost.spi.BudgetStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one JVM. What was spent is also added to a journal, if there is one.
 *
 * <p>The number of accounts is bounded: those whose windows are over are released. If there are
 * still too many, further holders of a budget share one account with its limit.
 */
final class InProcessBudgetStore implements BudgetStore {

  /** Stands for holders that have no account of their own. */
  static final String OTHERS = "(others)";

  /** A clock that goes back must find the account of a window again. */
  private static final long KEPT_NANOS = 86_400_000_000_000L;

  private static final int RELEASE_EVERY = 1_024;

  /** The state of an account; guarded by the lock. */
  private static final class Money {
    long spent;
    long reserved;

    /** What this JVM spent. */
    long own;

    /** The shares in percent that were announced. */
    final BitSet announced = new BitSet();

    long touched;
  }

  private final Clock clock;
  private final int most;
  private final @Nullable BudgetJournal journal;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<BudgetAccount, Money> accounts = new HashMap<>();
  private int made;

  /**
   * @param most how many accounts are kept before further holders share one
   * @param journal keeps what was spent; {@code null} if nothing is kept
   */
  InProcessBudgetStore(Clock clock, int most, @Nullable BudgetJournal journal) {
    this.clock = clock;
    this.most = most;
    this.journal = journal;
    if (journal != null) {
      restore(journal.read(clock.now()));
    }
  }

  private void restore(List<BudgetJournal.Line> lines) {
    lock.lock();
    try {
      for (BudgetJournal.Line line : lines) {
        Money money = money(line.account());
        money.spent = sum(money.spent, line.spentNanoUsd());
        line.announced().forEach(money.announced::set);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public BudgetReply reserve(String id, List<BudgetClaim> claims) {
    lock.lock();
    try {
      BudgetAccount refused = null;
      List<BudgetBalance> balances = new ArrayList<>(claims.size());
      for (BudgetClaim claim : claims) {
        Money money = money(claim.account());
        long open = claim.limitNanoUsd() - money.spent - money.reserved;
        boolean unlimited = claim.limitNanoUsd() == Long.MAX_VALUE;
        if (refused == null && !unlimited && (open <= 0 || claim.nanoUsd() > open)) {
          refused = claim.account();
        }
      }
      for (BudgetClaim claim : claims) {
        Money money = money(claim.account());
        if (refused == null) {
          money.reserved = sum(money.reserved, claim.nanoUsd());
        }
        balances.add(balance(claim.account(), money));
      }
      return new BudgetReply(refused, balances);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<BudgetBalance> settle(String id, List<BudgetSettlement> settlements) {
    List<BudgetBalance> balances = new ArrayList<>(settlements.size());
    List<BudgetJournal.Line> lines = new ArrayList<>(settlements.size());
    lock.lock();
    try {
      for (BudgetSettlement each : settlements) {
        Money money = money(each.account());
        money.reserved = Math.max(0, money.reserved - each.releasedNanoUsd());
        money.spent = sum(money.spent, each.spentNanoUsd());
        money.own = sum(money.own, each.spentNanoUsd());
        balances.add(balance(each.account(), money));
        if (each.spentNanoUsd() > 0) {
          lines.add(line(keyed(each.account()), money));
        }
      }
    } finally {
      lock.unlock();
    }
    write(lines);
    return balances;
  }

  @Override
  public BudgetBalance balance(BudgetAccount account) {
    lock.lock();
    try {
      Money money = accounts.get(keyed(account));
      return money == null ? new BudgetBalance(account, 0, 0) : balance(account, money);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<BudgetBalance> balances(String budget, int most) {
    Instant now = clock.now();
    List<BudgetBalance> found = new ArrayList<>();
    lock.lock();
    try {
      accounts.forEach((account, money) -> {
        boolean present = account.end().isAfter(now) && !account.start().isAfter(now);
        if (present && account.budget().equals(budget)) {
          found.add(balance(account, money));
        }
      });
    } finally {
      lock.unlock();
    }
    found.sort(
        Comparator.comparingLong(BudgetBalance::spentNanoUsd)
            .reversed()
            .thenComparing(each -> each.account().holder()));
    return List.copyOf(found.subList(0, Math.min(most, found.size())));
  }

  @Override
  public boolean announce(BudgetAccount account, int percent) {
    BudgetJournal.Line line;
    lock.lock();
    try {
      Money money = money(account);
      if (money.announced.get(percent)) {
        return false;
      }
      money.announced.set(percent);
      line = line(keyed(account), money);
    } finally {
      lock.unlock();
    }
    write(List.of(line));
    return true;
  }

  /** Releases the account of a window that will never be used again. */
  void remove(BudgetAccount account) {
    lock.lock();
    try {
      accounts.remove(account);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return accounts.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    if (journal != null) {
      journal.close();
    }
  }

  private void write(List<BudgetJournal.Line> lines) {
    if (journal != null && !lines.isEmpty()) {
      journal.add(lines, this::lines);
    }
  }

  /** Returns what this JVM spent of the windows that are not over, one line for each account. */
  private List<BudgetJournal.Line> lines() {
    Instant now = clock.now();
    List<BudgetJournal.Line> all = new ArrayList<>();
    lock.lock();
    try {
      accounts.forEach((account, money) -> {
        if (account.end().isAfter(now) && (money.own > 0 || !money.announced.isEmpty())) {
          all.add(line(account, money));
        }
      });
    } finally {
      lock.unlock();
    }
    return all;
  }

  private static BudgetJournal.Line line(BudgetAccount account, Money money) {
    return new BudgetJournal.Line(account, money.own, money.announced.stream().boxed().toList());
  }

  private static BudgetBalance balance(BudgetAccount account, Money money) {
    return new BudgetBalance(account, money.spent, money.reserved);
  }

  /** Returns the account in whose place one is kept. */
  private BudgetAccount keyed(BudgetAccount account) {
    return accounts.containsKey(account) || accounts.size() < most
        ? account
        : new BudgetAccount(account.budget(), OTHERS, account.start(), account.end());
  }

  private Money money(BudgetAccount account) {
    Money known = accounts.get(account);
    if (known == null) {
      if (++made % RELEASE_EVERY == 0) {
        release();
      }
      BudgetAccount key = keyed(account);
      if (!key.equals(account)) {
        GildLog.infoOnce(
            "There are more than %,d accounts of budgets (budget-accounts.most): further holders of %s share one amount."
                .formatted(most, account.budget()));
      }
      known = accounts.computeIfAbsent(key, absent -> new Money());
    }
    known.touched = clock.nanoTime();
    return known;
  }

  /** Releases accounts whose windows are over. The clock may go back, so they stay for a day. */
  private void release() {
    Instant now = clock.now();
    long nanos = clock.nanoTime();
    accounts
        .entrySet()
        .removeIf(entry -> {
          Money money = entry.getValue();
          boolean over = !entry.getKey().end().isAfter(now);
          return over && money.reserved == 0 && nanos - money.touched > KEPT_NANOS;
        });
  }

  /** Adds amounts; a sum that is too large stays at the largest number. */
  private static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
