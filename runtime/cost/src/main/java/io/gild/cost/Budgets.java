package io.gild.cost;

import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.RuntimeScope;
import io.gild.core.UsageRecorded;
import io.gild.cost.spi.BudgetBalance;
import io.gild.cost.spi.BudgetSettlement;
import io.gild.cost.spi.BudgetStore;
import io.gild.cost.spi.TokenCounter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the budgets of a runtime share: their accounts, and what running calls have reserved.
 *
 * <p>Money is charged when a request reports its tokens, and never at the end of a call: so it is
 * charged once, whether the call succeeds, fails, is cancelled or given up, and also if the tokens
 * are reported after the end. The end of a call only releases what is left of its reservation.
 * Thread-safe.
 */
final class Budgets implements AutoCloseable {

  private static final int RELEASE_EVERY = 1_024;
  private static final int MOST_ENDED = 4_096;

  private final RuntimeScope runtime;
  private final BudgetAlerts alerts;
  private final InProcessBudgetStore ofRuns;
  private final List<TokenCounter> counters;
  private final Map<Long, Reservation> open = new ConcurrentHashMap<>();

  /** Reservations of calls that failed: their requests may still report tokens. */
  private final Map<Long, Reservation> failed =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Reservation> eldest) {
          return size() > MOST_ENDED;
        }
      };

  private final String prefix = UUID.randomUUID() + "-";
  private final AtomicInteger begun = new AtomicInteger();
  private final AutoCloseable subscription;
  private @Nullable BudgetStore store;

  private Budgets(RuntimeScope runtime) {
    this.runtime = runtime;
    this.alerts = new BudgetAlerts(runtime);
    this.ofRuns = new InProcessBudgetStore(runtime.clock(), Integer.MAX_VALUE, null);
    this.counters =
        ServiceLoader.load(TokenCounter.class, TokenCounter.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    this.subscription = runtime.events().subscribe(UsageRecorded.class, this::charge);
  }

  static Budgets of(RuntimeScope runtime) {
    return runtime.shared(Budgets.class, Budgets::new);
  }

  List<TokenCounter> counters() {
    return counters;
  }

  /** Returns where the accounts of a budget are. */
  BudgetStore store(BudgetRule rule) {
    return rule.period() instanceof BudgetPeriod.Run ? ofRuns : store();
  }

  synchronized BudgetStore store() {
    BudgetStore known = store;
    if (known == null) {
      known = BudgetStores.open(runtime);
      store = known;
    }
    return known;
  }

  /** Returns a name for the reservation of a call. */
  String id(AgentCall call) {
    return prefix + call.number();
  }

  /** Keeps a reservation until its call is over. */
  void begin(Reservation reservation) {
    open.put(reservation.number(), reservation);
    if (begun.incrementAndGet() % RELEASE_EVERY == 0) {
      releaseLost();
    }
  }

  /** Returns what the calls around a call have reserved; the innermost of each holder. */
  static List<Hold> around(AgentCall call) {
    List<Hold> all = List.of();
    for (AgentCall each = call.parent(); each != null; each = each.parent()) {
      Reservation reservation = each.slot(Reservation.class);
      if (reservation != null) {
        all = all.isEmpty() ? new ArrayList<>(2) : all;
        for (Hold hold : reservation.holds()) {
          if (all.stream().noneMatch(inner -> inner.isOf(hold.rule(), hold.account()))) {
            all.add(hold);
          }
        }
      }
    }
    return all;
  }

  /** Releases what is left of a reservation. */
  void end(Reservation reservation, boolean mayReportLater) {
    if (mayReportLater) {
      synchronized (failed) {
        failed.put(reservation.number(), reservation);
      }
    }
    open.remove(reservation.number(), reservation);
    release(reservation.id(), reservation.holds());
    for (Hold hold : reservation.holds()) {
      if (hold.outer() == null && hold.store() == ofRuns) {
        ofRuns.remove(hold.account());
      }
    }
  }

  /** Releases the reservations of calls that no one can end any more, such as unread streams. */
  void releaseLost() {
    for (Reservation each : open.values()) {
      if (each.call().get() == null) {
        end(each, true);
      }
    }
  }

  void release(String id, List<Hold> holds) {
    for (Hold hold : holds) {
      long rest = hold.end();
      if (rest > 0) {
        hold.store().settle(id, List.of(new BudgetSettlement(hold.account(), rest, 0)));
      }
    }
  }

  private void charge(UsageRecorded usage) {
    if (usage.nanoUsd() <= 0) {
      return;
    }
    List<Hold> holds = new ArrayList<>();
    String id = "";
    for (UsageRecorded.Enclosing each : usage.within()) {
      Reservation reservation = known(each.call());
      if (reservation != null) {
        holds.addAll(reservation.holds());
        id = id.isEmpty() ? reservation.id() : id;
      }
    }
    for (int i = 0; i < holds.size(); i++) {
      if (first(holds, holds.get(i)) == i) {
        charge(id, usage, holds.get(i));
      }
    }
  }

  private void charge(String id, UsageRecorded usage, Hold hold) {
    long released = 0;
    for (Hold each = hold; each != null; each = each.outer()) {
      released += each.take(usage.nanoUsd() - released);
    }
    List<BudgetBalance> balances =
        hold.store()
            .settle(id, List.of(new BudgetSettlement(hold.account(), released, usage.nanoUsd())));
    alerts.check(usage.method(), hold, balances.get(0));
  }

  /** Returns the index of the innermost hold of the same budget and holder. */
  private static int first(List<Hold> holds, Hold hold) {
    int index = 0;
    while (!holds.get(index).isOf(hold.rule(), hold.account())) {
      index++;
    }
    return index;
  }

  private @Nullable Reservation known(long call) {
    Reservation running = open.get(call);
    if (running != null) {
      return running;
    }
    synchronized (failed) {
      return failed.get(call);
    }
  }

  @Override
  public synchronized void close() {
    try {
      subscription.close();
    } catch (Exception fault) {
      GildLog.faultOnce("Closing budgets", fault);
    }
    alerts.close();
    if (store != null) {
      store.close();
    }
  }
}
