package io.gild.cost;

import io.gild.config.Durations;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.BudgetExhausted;
import io.gild.core.CallDecision;
import io.gild.core.Counts;
import io.gild.core.Mark;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import io.gild.core.spi.StageContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reserves the likely cost of a call before it runs and settles the real cost after it.
 *
 * <p>Checking first and charging later lets concurrent calls overspend a budget together; a
 * reservation does not. The estimate is the prompt at four characters a token, and as much output
 * as the method's recent calls had, at the price of the call's model or, if that is unknown, of the
 * model that answered last.
 */
final class BudgetStage extends UnseenTokens implements Controllable {

  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final double FIRST_OUTPUT_TOKENS = 500;
  private static final double SMOOTHING = 0.1;
  private static final int MOST_CONTROLS = 20;
  private static final double NANOS_PER_USD = 1e9;

  private final CostPolicy policy;
  private final Budget budget;
  private final String accountName;
  private final StageContext context;
  private final BudgetAccounts accounts;
  private final int tenantIndex;
  private final int modelIndex;
  private final int slot;
  private volatile double outputTokens = FIRST_OUTPUT_TOKENS;
  private volatile double overhead = 1;
  private volatile String answeredBy = "";

  BudgetStage(CostPolicy policy, Budget budget, String accountName, StageContext context) {
    super(context);
    this.policy = policy;
    this.budget = budget;
    this.accountName = accountName;
    this.context = context;
    this.accounts =
        context
            .method()
            .application()
            .shared(BudgetAccounts.class, runtime -> new BudgetAccounts(runtime.clock()));
    this.tenantIndex = context.spec().indexOf(MethodSpec.Role.TENANT);
    this.modelIndex = context.spec().indexOf(MethodSpec.Role.MODEL);
    this.slot = context.newSlot();
    String[] tags = {policy.budget(), budget.period().toString()};
    context.publish(
        CostMeter.BUDGET_LIMIT.spec(), this, stage -> stage.budget.limit().doubleValue(), tags);
    context.publish(CostMeter.BUDGET_SPENT.spec(), this, BudgetStage::spentUsd, tags);
  }

  private double spentUsd() {
    return accounts.highestSpentNanoUsd(accountName) / NANOS_PER_USD;
  }

  @Override
  public boolean enter(AgentCall call) {
    BudgetAccounts.Account account = accounts.of(accountName, budget, tenant(call));
    long estimate = estimate(call);
    if (!account.reserve(estimate)) {
      call.mark(Mark.BUDGET_REFUSED);
      context.counts().add(Counts.Event.BUDGET_REFUSED);
      refused(call);
      throw new BudgetExhausted(context.spec().agent(), policy.budget(), budget.limit());
    }
    call.slot(
        slot, new Reservation(account, estimate, call.facts().costNanoUsd(), call.facts().usage()));
    return true;
  }

  private void refused(AgentCall call) {
    if (CallDecision.isWanted(call)) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("budget", policy.budget());
      facts.put("limitUsd", budget.limit());
      CallDecision.publish(call, Counts.Event.BUDGET_REFUSED, facts);
    }
  }

  @Override
  public boolean exit(AgentCall call) {
    Reservation reservation = (Reservation) call.slot(slot);
    if (reservation != null) {
      long spent = call.facts().costNanoUsd() - reservation.costBefore();
      reservation.account().settle(reservation.estimate(), spent);
      learn(
          call.facts().usage().outputTokens() - reservation.usageBefore().outputTokens(),
          spent,
          reservation);
      String model = call.facts().responseModel();
      if (model != null) {
        answeredBy = model;
      }
    }
    return super.exit(call);
  }

  @Override
  public List<Control> controls() {
    List<Control> controls = new ArrayList<>();
    for (BudgetAccounts.Spent each : accounts.spent(accountName, MOST_CONTROLS)) {
      controls.add(control(each));
    }
    return controls;
  }

  private Control control(BudgetAccounts.Spent each) {
    BigDecimal limit = budget.limit();
    BigDecimal spent = BigDecimal.valueOf(each.nanoUsd(), 9).stripTrailingZeros();
    double share = Math.min(1e6, spent.doubleValue() / limit.doubleValue());
    String period = Durations.format(budget.period());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("limitUsd", limit);
    facts.put("spentUsd", spent);
    facts.put("usedShare", Math.round(share * 1e4) / 1e4);
    facts.put("period", period);
    if (!each.tenant().isEmpty()) {
      facts.put("tenant", each.tenant());
    }
    return new Control(
        "budget",
        each.tenant().isEmpty() ? accountName : accountName + " of " + each.tenant(),
        context.spec().agent(),
        context.spec().methodName(),
        spent.compareTo(limit) >= 0 ? "spent" : "open",
        "%s of %s USD spent in this period of %s"
            .formatted(spent.toPlainString(), limit.toPlainString(), period),
        facts,
        List.of());
  }

  @Override
  public String operate(Control control, String action) {
    throw new IllegalArgumentException("a budget cannot be operated; set its limit");
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // an estimate may miss a sample
  private void learn(long output, long spent, Reservation reservation) {
    if (output > 0) {
      outputTokens += SMOOTHING * (output - outputTokens);
    }
    if (spent > 0 && reservation.estimate() > 0) {
      double ratio = Math.max(0.1, Math.min(10, (double) spent / reservation.estimate()));
      overhead = Math.max(0.1, overhead * (1 + SMOOTHING * (ratio - 1)));
    }
  }

  private long estimate(AgentCall call) {
    String model = model(call);
    if (model.isEmpty()) {
      return 0;
    }
    long characters = 0;
    for (int i = 0; i < call.arguments().length; i++) {
      if (i != modelIndex && call.argument(i) instanceof CharSequence text) {
        characters += text.length();
      }
    }
    Usage likely = Usage.of(characters / CHARACTERS_PER_TOKEN + 1, Math.round(outputTokens));
    long nanoUsd = context.method().price(model, likely);
    return nanoUsd < 0 ? 0 : Math.round(nanoUsd * overhead);
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
    return policy.model().isEmpty() ? answeredBy : policy.model();
  }

  private String tenant(AgentCall call) {
    if (budget.per() == Budget.Per.NONE || tenantIndex < 0) {
      return "";
    }
    return String.valueOf(call.argument(tenantIndex));
  }

  private record Reservation(
      BudgetAccounts.Account account, long estimate, long costBefore, Usage usageBefore) {}
}
