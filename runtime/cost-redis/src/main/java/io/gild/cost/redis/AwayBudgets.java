package io.gild.cost.redis;

import io.gild.cost.redis.RedisCost.OnUnavailable;
import io.gild.cost.spi.BudgetAccount;
import io.gild.cost.spi.BudgetBalance;
import io.gild.cost.spi.BudgetClaim;
import io.gild.cost.spi.BudgetReply;
import io.gild.cost.spi.BudgetSettlement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The accounts as this JVM knows them while Redis cannot be reached: what Redis said last, and what
 * was reserved and spent since then. Thread-safe.
 */
final class AwayBudgets {

  private static final int MOST_KNOWN = 10_000;

  /** What changed since Redis answered. */
  private static final class Money {
    long reserved;
    long spent;

    /** The part of what was spent that was not reserved in Redis. */
    long uncovered;
  }

  private final OnUnavailable rule;
  private final double share;
  private final Map<BudgetAccount, Money> own = new HashMap<>();
  private final Map<BudgetAccount, BudgetBalance> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BudgetAccount, BudgetBalance> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  /**
   * @param share of each limit that may be used
   */
  AwayBudgets(OnUnavailable rule, double share) {
    this.rule = rule;
    this.share = share;
  }

  /** Remembers what Redis said. */
  synchronized void remember(List<BudgetBalance> balances) {
    balances.forEach(each -> known.put(each.account(), each));
  }

  synchronized BudgetReply reserve(List<BudgetClaim> claims) {
    BudgetAccount refused = null;
    for (BudgetClaim claim : claims) {
      if (refused == null && !isGranted(claim)) {
        refused = claim.account();
      }
    }
    if (refused == null) {
      for (BudgetClaim claim : claims) {
        Money money = own.computeIfAbsent(claim.account(), absent -> new Money());
        money.reserved = sum(money.reserved, claim.nanoUsd());
        tidy(claim.account(), money);
      }
    }
    return new BudgetReply(refused, claims.stream().map(each -> balance(each.account())).toList());
  }

  private boolean isGranted(BudgetClaim claim) {
    if (claim.limitNanoUsd() == Long.MAX_VALUE || rule == OnUnavailable.ALLOW) {
      return true;
    }
    if (rule == OnUnavailable.REFUSE) {
      return false;
    }
    BudgetBalance last = known.getOrDefault(claim.account(), none(claim.account()));
    long left = claim.limitNanoUsd() - sum(last.spentNanoUsd(), last.reservedNanoUsd());
    Money money = own.getOrDefault(claim.account(), new Money());
    long open =
        Math.min(left, (long) (claim.limitNanoUsd() * share))
            - sum(money.reserved, money.uncovered);
    return open > 0 && claim.nanoUsd() <= open;
  }

  /** Ends reservations that were made here; returns how much is left for Redis to end. */
  synchronized long release(BudgetAccount account, long nanoUsd) {
    Money money = own.get(account);
    if (money == null) {
      return nanoUsd;
    }
    long here = Math.min(nanoUsd, money.reserved);
    money.reserved -= here;
    tidy(account, money);
    return nanoUsd - here;
  }

  /** Adds what was spent and is not yet charged in Redis. */
  synchronized void spend(List<BudgetSettlement> settlements) {
    for (BudgetSettlement each : settlements) {
      Money money = own.computeIfAbsent(each.account(), absent -> new Money());
      long uncovered = Math.max(0, each.spentNanoUsd() - each.releasedNanoUsd());
      money.spent = sum(money.spent, each.spentNanoUsd());
      money.uncovered = sum(money.uncovered, uncovered);
      tidy(each.account(), money);
    }
  }

  /** Removes what is charged in Redis now. */
  synchronized void charged(List<BudgetSettlement> settlements) {
    for (BudgetSettlement each : settlements) {
      Money money = own.get(each.account());
      if (money != null) {
        money.spent = Math.max(0, money.spent - each.spentNanoUsd());
        money.uncovered = Math.min(money.uncovered, money.spent);
        tidy(each.account(), money);
      }
    }
  }

  private void tidy(BudgetAccount account, Money money) {
    if (money.reserved == 0 && money.spent == 0) {
      own.remove(account);
    }
  }

  synchronized BudgetBalance balance(BudgetAccount account) {
    BudgetBalance last = known.getOrDefault(account, none(account));
    @Nullable Money money = own.get(account);
    return money == null
        ? last
        : new BudgetBalance(
            account,
            sum(last.spentNanoUsd(), money.spent),
            sum(last.reservedNanoUsd(), money.reserved));
  }

  /** Returns all accounts of a budget that are known. */
  synchronized List<BudgetBalance> balances(String budget) {
    List<BudgetBalance> all = new ArrayList<>();
    for (BudgetAccount each : List.copyOf(known.keySet())) {
      if (each.budget().equals(budget)) {
        all.add(balance(each));
      }
    }
    own.keySet().stream()
        .filter(each -> each.budget().equals(budget) && !known.containsKey(each))
        .forEach(each -> all.add(balance(each)));
    return all;
  }

  private static BudgetBalance none(BudgetAccount account) {
    return new BudgetBalance(account, 0, 0);
  }

  private static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
