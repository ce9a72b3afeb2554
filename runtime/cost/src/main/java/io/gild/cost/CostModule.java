package io.gild.cost;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.PolicyType;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.CallListener;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import io.gild.core.spi.StageProvider;
import java.util.ArrayList;
import java.util.List;

/** Cache, money and budgets. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class CostModule implements GildModule {

  /** Creates the module; the service loader does. */
  public CostModule() {}

  @Override
  public String name() {
    return "cost";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(
        Budget.SECTION, BudgetSettings.SECTION, TokenLimit.SECTION, AnswerSettings.SECTION);
  }

  @Override
  public List<PolicyType<?>> policies() {
    return List.of(
        PolicyType.of("cache", CachePolicy.class)
            .annotation("io.gild.annotations.Cached")
            .watching(CachePolicy::onlyMeasures, CachePolicy::measuring),
        PolicyType.of("cost", CostPolicy.class)
            .annotation("io.gild.annotations.CostTracked")
            .naming("budget", "budgets", "budget")
            .leavingAnswers(CostPolicy::isUnlimited, CostPolicy::withoutBudget)
            .countingStreams(),
        PolicyType.of("spending", SpendingPolicy.class)
            .onByDefault()
            .inEveryCall()
            .reading("budgets")
            .reading("token-limits")
            .leavingAnswers(SpendingPolicy::isCounting, SpendingPolicy::counting));
  }

  @Override
  public List<MeterSpec> meters() {
    return CostMeter.specs();
  }

  @Override
  public List<StageProvider> stages() {
    List<StageProvider> stages =
        new ArrayList<>(List.of(new CacheProvider(), new BudgetProvider(), new TokensProvider()));
    stages.addAll(TokenLimitProvider.all());
    return stages;
  }

  @Override
  public List<CallListener> listeners() {
    return List.of(new TokenLimits.Listener());
  }
}
