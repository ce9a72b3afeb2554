package io.gild.cost;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallDecision;
import io.gild.core.CallRefused;
import io.gild.core.Counts;
import io.gild.core.MethodSpec;
import io.gild.core.RateLimited;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import io.gild.cost.spi.TokenClaim;
import io.gild.cost.spi.TokenGrant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes the three stages of token limits, inside of retries, so that each attempt is limited.
 *
 * <p>The outer one knows what an attempt takes, and corrects it at the end. The inner one starts it
 * or, if there is no room, refuses it. The one between them has a refused attempt wait and ask
 * again: a stage may only wait between attempts, where a call that is asynchronous holds no thread.
 */
final class TokenLimitProvider implements StageProvider {

  private static final Phase TICKET = Phase.inside(Phase.RETRY, "token limit");
  private static final Phase WAIT = Phase.inside(TICKET, "token limit's wait");
  private static final Phase START = Phase.inside(WAIT, "token limit's start");

  /** How long a request sleeps at most before it asks again: room may come earlier than thought. */
  private static final long LONGEST_SLEEP_NANOS = 250_000_000L;

  private final Phase phase;
  private final BiFunction<StageContext, List<TokenRule>, Stage> maker;

  private TokenLimitProvider(Phase phase, BiFunction<StageContext, List<TokenRule>, Stage> maker) {
    this.phase = phase;
    this.maker = maker;
  }

  static List<StageProvider> all() {
    return List.of(
        new TokenLimitProvider(TICKET, TicketStage::new),
        new TokenLimitProvider(WAIT, (context, rules) -> new WaitStage(context)),
        new TokenLimitProvider(START, (context, rules) -> new StartStage(context)));
  }

  @Override
  public Phase phase() {
    return phase;
  }

  @Override
  public Class<SpendingPolicy> policy() {
    return SpendingPolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    List<TokenRule> rules = TokenLimits.rules(context);
    return rules.isEmpty() ? null : maker.apply(context, rules);
  }

  /** Knows what an attempt takes. */
  private static final class TicketStage extends Stage {

    private final StageContext context;
    private final List<TokenRule> rules;
    private final TokenLimits limits;
    private final CostEstimate estimate;
    private final RecentQuantile factors = new RecentQuantile(1);
    private final int slot;
    private final int modelIndex;

    TicketStage(StageContext context, List<TokenRule> rules) {
      this.context = context;
      this.rules = rules;
      this.limits = TokenLimits.of(context.runtime());
      this.modelIndex = context.spec().indexOf(MethodSpec.Role.MODEL);
      this.estimate = new CostEstimate(context.method(), modelIndex, limits.counters());
      this.slot = context.newSlot();
    }

    @Override
    public boolean enter(AgentCall call) {
      call.slot(slot, isInner(call) ? null : ticket(call));
      return true;
    }

    private static boolean isInner(AgentCall call) {
      for (AgentCall each = call.parent(); each != null; each = each.parent()) {
        if (each.slot(TokenTicket.class) != null) {
          return true;
        }
      }
      return false;
    }

    private @Nullable TokenTicket ticket(AgentCall call) {
      String model = call.requestModel();
      if (model == null && modelIndex >= 0) {
        model = String.valueOf(call.argument(modelIndex));
      }
      CostEstimate.Estimate cost = estimate.of(call, model == null ? "" : model);
      double plain = (double) cost.inputTokens() + cost.outputTokens();
      double factor = cost.bounded() ? Math.max(1, factors.value()) : factors.value();
      List<TokenClaim> claims = new ArrayList<>(rules.size());
      List<TokenRule> concerned = new ArrayList<>(rules.size());
      long longest = Long.MAX_VALUE;
      for (TokenRule rule : rules) {
        TokenClaim claim = rule.claim(call, model, Math.round(plain * factor));
        if (claim != null) {
          claims.add(claim);
          concerned.add(rule);
          longest = Math.min(longest, nanos(rule.limit().longestWait()));
        }
      }
      return claims.isEmpty()
          ? null
          : new TokenTicket(
              limits.nextId(),
              concerned,
              claims,
              cost,
              call.facts().usage(),
              context.runtime().clock().nanoTime() + longest);
    }

    private static long nanos(Duration wait) {
      return wait.compareTo(Duration.ofDays(365)) > 0
          ? Duration.ofDays(365).toNanos()
          : wait.toNanos();
    }

    @Override
    public boolean exit(AgentCall call) {
      if (!(call.slot(slot) instanceof TokenTicket ticket)) {
        return false;
      }
      call.slot(slot, null);
      boolean refused = ticket.refusal != null && call.failure() == ticket.refusal;
      if (!ticket.started || refused || call.failure() instanceof CallRefused) {
        limits.store().cancel(ticket.id, ticket.accounts());
      } else {
        settle(ticket, call.facts().usage());
      }
      if (refused) {
        context.counts().add(Counts.Event.RATE_REFUSED);
        CallDecision.publish(
            call, Counts.Event.RATE_REFUSED, Map.of("tokenLimit", ticket.rules.get(0).name()));
      }
      return false;
    }

    /** What reported no tokens keeps what it took: the provider may have counted it. */
    private void settle(TokenTicket ticket, Usage usage) {
      long output = usage.outputTokens() - ticket.before.outputTokens();
      long tokens = usage.inputTokens() - ticket.before.inputTokens() + output;
      if (tokens > 0) {
        limits.store().settle(ticket.id, ticket.accounts(), tokens);
        estimate.learn(ticket.estimate, output, 0);
        factors.add((double) tokens / (ticket.estimate.inputTokens() + Math.max(0, output)));
      }
    }
  }

  /** Has a refused attempt wait. */
  private static final class WaitStage extends Stage {

    private final StageContext context;

    WaitStage(StageContext context) {
      this.context = context;
    }

    @Override
    public boolean exit(AgentCall call) {
      TokenTicket ticket = call.slot(TokenTicket.class);
      if (ticket == null || ticket.refusal == null || call.failure() != ticket.refusal) {
        return false;
      }
      long wait = ticket.refusal.retryAfter().toNanos();
      if (ticket.deadline - context.runtime().clock().nanoTime() < wait) {
        return false;
      }
      call.waitFor(Math.min(wait, LONGEST_SLEEP_NANOS));
      return true;
    }
  }

  /** Starts an attempt. */
  private static final class StartStage extends Stage {

    private final StageContext context;
    private final TokenLimits limits;

    StartStage(StageContext context) {
      this.context = context;
      this.limits = TokenLimits.of(context.runtime());
    }

    @Override
    public boolean enter(AgentCall call) {
      TokenTicket ticket = call.slot(TokenTicket.class);
      if (ticket == null || ticket.started) {
        return true;
      }
      TokenGrant grant = limits.store().acquire(ticket.id, ticket.claims);
      if (grant.granted()) {
        ticket.started = true;
        ticket.refusal = null;
        return true;
      }
      RateLimited refusal =
          new RateLimited(
              context.spec().agent(),
              ticket.rules.get(0).name(),
              Duration.ofNanos(grant.waitNanos()));
      ticket.refusal = refusal;
      throw refusal;
    }
  }
}
