package io.gild.cost.redis;

import io.gild.cost.spi.BudgetAccount;
import io.gild.cost.spi.BudgetClaim;
import io.gild.cost.spi.BudgetSettlement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Redis has to be given when it can be reached again. Each operation that was sent keeps its
 * id, because only its answer may be lost; those that were not sent are added up, so that a long
 * outage needs little memory. Thread-safe.
 */
final class LateSettlements {

  /** An operation, with its id. */
  private record Sent(
      String operation, @Nullable List<BudgetClaim> claims, List<BudgetSettlement> settlements) {}

  private final RemoteBudgets remote;
  private final Deque<Sent> sent = new ArrayDeque<>();
  private Map<BudgetAccount, BudgetSettlement> unsent = new LinkedHashMap<>();

  LateSettlements(RemoteBudgets remote) {
    this.remote = remote;
  }

  synchronized boolean isEmpty() {
    return sent.isEmpty() && unsent.isEmpty();
  }

  /** Adds a settlement whose answer was lost. */
  synchronized void addSent(String operation, List<BudgetSettlement> settlements) {
    sent.add(new Sent(operation, null, settlements));
  }

  /**
   * Undoes a reservation whose answer was lost: it is made for certain, and then released. It
   * passes the limit for a moment at most.
   */
  synchronized void undo(String operation, List<BudgetClaim> claims) {
    List<BudgetClaim> certain = new ArrayList<>(claims.size());
    List<BudgetSettlement> released = new ArrayList<>(claims.size());
    for (BudgetClaim claim : claims) {
      certain.add(new BudgetClaim(claim.account(), Long.MAX_VALUE, claim.nanoUsd()));
      released.add(new BudgetSettlement(claim.account(), claim.nanoUsd(), 0));
    }
    sent.add(new Sent(operation, certain, List.of()));
    sent.add(new Sent(remote.next(), null, released));
  }

  /** Adds a settlement that was not sent. */
  synchronized void addUnsent(List<BudgetSettlement> settlements) {
    for (BudgetSettlement each : settlements) {
      if (each.releasedNanoUsd() > 0 || each.spentNanoUsd() > 0) {
        unsent.merge(each.account(), each, LateSettlements::sum);
      }
    }
  }

  private static BudgetSettlement sum(BudgetSettlement a, BudgetSettlement b) {
    return new BudgetSettlement(
        a.account(),
        sum(a.releasedNanoUsd(), b.releasedNanoUsd()),
        sum(a.spentNanoUsd(), b.spentNanoUsd()));
  }

  private static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /**
   * Sends everything, in order; used by one thread at a time.
   *
   * @throws RedisUnavailable if Redis cannot be reached; the rest stays
   */
  void send(AwayBudgets away) {
    for (Sent next = next(); next != null; next = next()) {
      if (next.claims() == null) {
        away.remember(remote.settle(next.operation(), next.settlements()));
        away.charged(next.settlements());
      } else {
        remote.reserve(next.operation(), next.claims());
      }
      remove();
    }
  }

  private synchronized @Nullable Sent next() {
    if (sent.isEmpty() && !unsent.isEmpty()) {
      sent.add(new Sent(remote.next(), null, List.copyOf(unsent.values())));
      unsent = new LinkedHashMap<>();
    }
    return sent.peek();
  }

  private synchronized void remove() {
    sent.remove();
  }
}
