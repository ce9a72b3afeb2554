package io.gild.cost;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.HttpAttempt;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.CallListener;
import io.gild.core.spi.Clock;
import io.gild.core.spi.StageContext;
import io.gild.cost.spi.TokenCounter;
import io.gild.cost.spi.TokenLimitStore;
import io.gild.cost.spi.TokenLimitStoreProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the token limits of a runtime share. Thread-safe. */
final class TokenLimits implements AutoCloseable {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final long MILLI = 1_000_000L;

  private final TokenLimitStore store;
  private final List<TokenCounter> counters;
  private final String prefix = UUID.randomUUID() + "-";
  private final AtomicLong numbers = new AtomicLong();

  private TokenLimits(RuntimeScope runtime) {
    this.store = open(runtime);
    this.counters = Budgets.of(runtime).counters();
  }

  static TokenLimits of(RuntimeScope runtime) {
    return runtime.shared(TokenLimits.class, TokenLimits::new);
  }

  private static TokenLimitStore open(RuntimeScope runtime) {
    String name = runtime.settings().get(BudgetSettings.SECTION).store();
    if (runtime.clock() != Clock.SYSTEM) {
      return new InProcessTokenLimitStore(runtime.clock()); // a simulation sends no requests
    }
    for (TokenLimitStoreProvider each :
        ServiceLoader.load(
            TokenLimitStoreProvider.class, TokenLimitStoreProvider.class.getClassLoader())) {
      if (each.name().equals(name)) {
        return each.open(runtime);
      }
    }
    return new InProcessTokenLimitStore(runtime.clock());
  }

  TokenLimitStore store() {
    return store;
  }

  List<TokenCounter> counters() {
    return counters;
  }

  String nextId() {
    return prefix + numbers.incrementAndGet();
  }

  /**
   * Returns the limits that may be for the requests of a method. Without a javaagent, requests are
   * not seen: the calls of agents whose cost is tracked stand for them.
   */
  static List<TokenRule> rules(StageContext context) {
    SpendingPolicy spending = context.policies().get(SpendingPolicy.class);
    CallKind kind = context.spec().kind();
    boolean stands =
        kind == CallKind.AGENT
            && !HostClasses.attached()
            && context.policies().get(CostPolicy.class) != null;
    if (spending == null || spending.isCounting() || !(kind.isModel() || stands)) {
      return List.of();
    }
    return context.runtime().settings().get(TokenLimit.SECTION).entrySet().stream()
        .map(each -> new TokenRule(each.getKey(), each.getValue()))
        .toList();
  }

  @Override
  public void close() {
    store.close();
  }

  /** Learns from what providers say in their answers. */
  static final class Listener implements CallListener {

    @Override
    public @Nullable Consumer<HttpAttempt> onHttpAttempt(HttpAttempt attempt) {
      AgentCall call = attempt.call();
      for (AgentCall each = call; each != null; each = each.parent()) {
        TokenTicket ticket = each.slot(TokenTicket.class);
        if (ticket != null) {
          TokenLimits limits = of(each.method().runtime());
          return ended -> limits.learn(ticket, ended);
        }
      }
      return null;
    }
  }

  private void learn(TokenTicket ticket, HttpAttempt ended) {
    try {
      for (int i = 0; i < ticket.claims.size(); i++) {
        if (ticket.rules.get(i).limit().learns()) {
          learn(ticket.claims.get(i).account(), ended);
        }
      }
    } catch (RuntimeException fault) {
      GildLog.faultOnce("Learning the limits of a provider", fault);
    }
  }

  private void learn(String account, HttpAttempt ended) {
    if (ended.limits().isKnown()) {
      store.learn(account, ended.limits());
    }
    if (ended.status() == TOO_MANY_REQUESTS && ended.retryAfterMillis() > 0) {
      store.pause(account, ended.retryAfterMillis() * MILLI);
    }
  }
}
