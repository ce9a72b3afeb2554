package io.gild.cost;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.BudgetExhausted;
import io.gild.core.CallDecision;
import io.gild.core.Counts;
import io.gild.core.HostClasses;
import io.gild.core.Mark;
import io.gild.core.MethodSpec;
import io.gild.core.ResultShape;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StreamGuard;
import io.gild.cost.spi.BudgetAccount;
import io.gild.cost.spi.BudgetClaim;
import io.gild.cost.spi.BudgetReply;
import io.gild.cost.spi.BudgetStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reserves the likely cost of a call before it runs, in all budgets that are for it or in none.
 *
 * <p>Checking first and charging later lets concurrent calls overspend a budget together; a
 * reservation does not. A request to a model inside of a call that has a reservation takes its
 * money from there, and reserves what is missing.
 */
final class BudgetStage extends Stage implements Controllable, StreamGuard {

  /** A budget for more calls than these can wait for the second one to know what calls cost. */
  private static final int FEW_CALLS = 20;

  private final List<BudgetRule> rules;
  private final boolean refuses;
  private final boolean request;
  private final String usualModel;
  private final StageContext context;
  private final Budgets budgets;
  private final CostEstimate estimate;
  private final Degrading degrading;
  private final FirstCalls firstCalls = new FirstCalls();
  private final boolean waits;
  private final int modelIndex;
  private final int slot;
  private volatile String answeredBy = "";

  /**
   * @param policy what the method says about its money; null if it says nothing
   * @param rules the budgets that may be for its calls; the one that it names is the first
   * @param refuses whether calls are refused when the money is spent
   */
  BudgetStage(
      @Nullable CostPolicy policy, List<BudgetRule> rules, boolean refuses, StageContext context) {
    this.rules = rules;
    this.refuses = refuses;
    this.usualModel = policy == null ? "" : policy.model();
    this.context = context;
    this.request = context.spec().kind().isModel();
    this.budgets = Budgets.of(context.runtime());
    this.modelIndex = context.spec().indexOf(MethodSpec.Role.MODEL);
    this.slot = context.newSlot();
    this.waits = refuses && ResultShape.of(context.spec().descriptor()) == ResultShape.VALUE;
    this.estimate = new CostEstimate(context.method(), modelIndex, budgets.counters());
    this.degrading = new Degrading(context, modelIndex);
    for (BudgetRule rule : rules) {
      BudgetGauges.publish(context, this, rule);
    }
  }

  List<BudgetRule> rules() {
    return rules;
  }

  Budgets budgets() {
    return budgets;
  }

  @Override
  public boolean enter(AgentCall call) {
    Instant now = context.runtime().clock().now();
    List<Wanted> wanted = wanted(call, model(call), now);
    if (wanted.isEmpty()) {
      call.slot(slot, null);
      return true;
    }
    if (refuses && degrade(call, wanted)) {
      wanted = wanted(call, model(call), now);
    }
    String model = model(call);
    refuseUnpriced(call, wanted, model);
    CostEstimate.Estimate cost = estimate(call, wanted, model);
    List<Hold> holds;
    try {
      holds = reserve(call, wanted, cost);
    } catch (RuntimeException refused) {
      firstCalls.exit(call);
      throw refused;
    }
    Reservation reservation =
        new Reservation(
            budgets.id(call),
            call.reference(),
            call.number(),
            holds,
            cost,
            call.facts().costNanoUsd(),
            call.facts().usage(),
            new OutrunStream(model, cost.inputTokens()));
    call.slot(slot, reservation);
    budgets.begin(reservation);
    return true;
  }

  /**
   * Estimates a call. As long as no call has shown what calls cost, one runs before the others: a
   * burst might spend the budget many times over, or be refused for no reason.
   */
  private CostEstimate.Estimate estimate(AgentCall call, List<Wanted> wanted, String model) {
    CostEstimate.Estimate cost = estimate.of(call, model);
    while (!estimate.hasLearned() && mayWait(call, wanted, cost)) {
      if (firstCalls.enter(call)) {
        return cost;
      }
      cost = estimate.of(call, model(call));
    }
    return cost;
  }

  private boolean mayWait(AgentCall call, List<Wanted> wanted, CostEstimate.Estimate cost) {
    if (!waits || cost.bounded() || call.asynchronous() || firstCalls.areOver()) {
      return false;
    }
    for (Wanted each : wanted) {
      long few = each.rule().limitNanoUsd() / FEW_CALLS;
      if (each.isLimited() && (cost.nanoUsd() == 0 || cost.nanoUsd() > few)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A budget that is for a call.
   *
   * @param around what a call around it has reserved in the same account; null if nothing
   */
  private record Wanted(BudgetRule rule, BudgetAccount account, @Nullable Hold around) {

    /** Returns whether other calls spend the money as well, and are refused when it is spent. */
    boolean isLimited() {
      return around == null
          && rule.budget().refuses()
          && !(rule.period() instanceof BudgetPeriod.Run);
    }
  }

  private List<Wanted> wanted(AgentCall call, String model, Instant now) {
    List<Hold> around = Budgets.around(call);
    List<Wanted> all = new ArrayList<>(rules.size() + around.size());
    if (request) {
      for (Hold hold : around) {
        BudgetAccount present = hold.rule().present(hold.account(), now);
        // A new window may have begun inside of the outer call.
        all.add(new Wanted(hold.rule(), present, present.equals(hold.account()) ? hold : null));
      }
    }
    String known = model.isEmpty() ? null : model;
    for (BudgetRule rule : rules) {
      if (isFor(rule, call) && rule.concerns(call, known)) {
        BudgetAccount account = rule.account(call, known, now);
        if (around.stream().noneMatch(hold -> hold.isOf(rule, account))) {
          all.add(new Wanted(rule, account, null));
        }
      }
    }
    return all;
  }

  private boolean isFor(BudgetRule rule, AgentCall call) {
    if (rule.isOfRequests() && HostClasses.attached()) {
      return request;
    }
    return !rule.isNamed() || !isTrackedOutside(call);
  }

  /** Returns whether a call around names what it is charged to: only the outermost name counts. */
  private static boolean isTrackedOutside(AgentCall call) {
    for (AgentCall each = call.parent(); each != null; each = each.parent()) {
      if (each.method().policies().get(CostPolicy.class) != null) {
        return true;
      }
    }
    return false;
  }

  private boolean degrade(AgentCall call, List<Wanted> wanted) {
    boolean changed = false;
    for (Wanted each : wanted) {
      if (each.rule().budget().degrades()) {
        BudgetStore store = budgets.store(each.rule());
        changed |= degrading.apply(call, each.rule(), store.balance(each.account()), model(call));
      }
    }
    return changed;
  }

  private void refuseUnpriced(AgentCall call, List<Wanted> wanted, String model) {
    if (!refuses || model.isEmpty() || context.method().price(model, Usage.of(1, 1)) >= 0) {
      return;
    }
    for (Wanted each : wanted) {
      if (each.rule().budget().onUnpriced() == Budget.OnUnpriced.REFUSE) {
        throw refused(
            call,
            each.rule(),
            "refuses model "
                + model
                + ", which has no known price; add one under prices, or set on-unpriced: report");
      }
    }
  }

  private List<Hold> reserve(AgentCall call, List<Wanted> wanted, CostEstimate.Estimate cost) {
    List<Hold> holds = new ArrayList<>(wanted.size());
    Map<BudgetStore, List<BudgetClaim>> claims = new LinkedHashMap<>(2);
    for (Wanted each : wanted) {
      // An estimate above the whole budget must not lock out a method for ever: it claims all.
      long amount =
          cost.bounded() ? cost.nanoUsd() : Math.min(cost.nanoUsd(), each.rule().limitNanoUsd());
      long taken = each.around() == null ? 0 : each.around().take(amount);
      BudgetStore store = budgets.store(each.rule());
      holds.add(new Hold(each.rule(), each.account(), store, taken, each.around()));
      if (taken < amount || amount == 0) {
        boolean limited = refuses && each.rule().budget().refuses();
        long limit = limited ? each.rule().limitNanoUsd() : Long.MAX_VALUE;
        claims
            .computeIfAbsent(store, absent -> new ArrayList<>(wanted.size()))
            .add(new BudgetClaim(each.account(), limit, amount - taken));
      }
    }
    for (Map.Entry<BudgetStore, List<BudgetClaim>> each : claims.entrySet()) {
      BudgetReply reply;
      try {
        reply = reserve(call, each.getKey(), each.getValue());
      } catch (RuntimeException unreachable) {
        holds.forEach(Hold::end); // gives back what came from the call around
        throw unreachable;
      }
      BudgetAccount refused = reply.refused();
      if (refused != null) {
        budgets.release(budgets.id(call), holds);
        throw refused(call, rule(wanted, refused), null);
      }
      for (BudgetClaim claim : each.getValue()) {
        fill(holds, claim);
      }
    }
    return holds;
  }

  /** Reserves; if there is too little, what lost calls hold is released first. */
  private BudgetReply reserve(AgentCall call, BudgetStore store, List<BudgetClaim> claims) {
    BudgetReply reply = store.reserve(budgets.id(call), claims);
    if (reply.granted()) {
      return reply;
    }
    budgets.releaseLost();
    return store.reserve(budgets.id(call), claims);
  }

  private static void fill(List<Hold> holds, BudgetClaim claim) {
    for (Hold hold : holds) {
      if (hold.account().equals(claim.account())) {
        hold.give(claim.nanoUsd());
      }
    }
  }

  private static BudgetRule rule(List<Wanted> wanted, BudgetAccount account) {
    for (Wanted each : wanted) {
      if (each.account().equals(account)) {
        return each.rule();
      }
    }
    return wanted.get(0).rule();
  }

  private BudgetExhausted refused(AgentCall call, BudgetRule rule, @Nullable String why) {
    call.mark(Mark.BUDGET_REFUSED);
    context.counts().add(Counts.Event.BUDGET_REFUSED);
    if (CallDecision.isWanted(call)) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("budget", rule.name());
      facts.put("limitUsd", rule.budget().limit());
      CallDecision.publish(call, Counts.Event.BUDGET_REFUSED, facts);
    }
    String agent = context.spec().agent();
    return why == null
        ? new BudgetExhausted(agent, rule.name(), rule.budget().limit())
        : new BudgetExhausted(agent, rule.name(), rule.budget().limit(), why);
  }

  @Override
  public boolean exit(AgentCall call) {
    if (call.slot(slot) instanceof Reservation reservation) {
      boolean mayReportLater = call.failure() != null || call.attempts() > 1 || call.asynchronous();
      budgets.end(reservation, mayReportLater);
      estimate.learn(
          reservation.estimate(),
          call.facts().usage().outputTokens() - reservation.usageBefore().outputTokens(),
          call.facts().costNanoUsd() - reservation.costBefore());
      firstCalls.exit(call);
      String model = call.facts().responseModel();
      if (model != null) {
        answeredBy = model;
      }
    }
    return false;
  }

  @Override
  public void passed(AgentCall call, @Nullable Object element) {
    if (!refuses
        || !(call.slot(slot) instanceof Reservation reservation)
        || reservation.holds().stream().anyMatch(Hold::isShared)
        || reservation.streamed().add(element, context.method(), reservation.holds())) {
      return;
    }
    BudgetAccount spent = reservation.streamed().extend(context.method(), reservation);
    if (spent != null) {
      reservation.streamed().record(call, reservation);
      BudgetRule rule =
          reservation.holds().stream()
              .filter(hold -> hold.account().equals(spent))
              .map(Hold::rule)
              .findFirst()
              .orElse(reservation.holds().get(0).rule());
      throw refused(call, rule, null);
    }
  }

  /** Returns the model that the call will use; an empty text if it is unknown. */
  private String model(AgentCall call) {
    String routed = call.routedModel();
    if (routed != null) {
      return routed;
    }
    if (modelIndex >= 0 && call.argument(modelIndex) instanceof String model && !model.isEmpty()) {
      return model;
    }
    String requested = request ? call.requestModel() : null;
    if (requested != null) {
      return requested;
    }
    return usualModel.isEmpty() ? answeredBy : usualModel;
  }

  @Override
  public List<Control> controls() {
    return BudgetGauges.controls(context, this);
  }

  @Override
  public String operate(Control control, String action) {
    throw new IllegalArgumentException("a budget cannot be operated; set its limit");
  }
}
