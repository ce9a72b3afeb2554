package io.gild.anomalies;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.PolicyType;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import io.gild.core.spi.StageProvider;
import java.util.List;

/** Watches each agent for what is unusual. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class AnomaliesModule implements GildModule {

  /** Creates the module; the service loader does. */
  public AnomaliesModule() {}

  @Override
  public String name() {
    return "anomalies";
  }

  @Override
  public List<PolicyType<?>> policies() {
    return List.of(
        PolicyType.of("anomalies", AnomalyPolicy.class)
            .onByDefault()
            .inEveryCall()
            .leavingAnswers(policy -> true, policy -> policy));
  }

  @Override
  public List<MeterSpec> meters() {
    return AnomalyMeter.specs();
  }

  @Override
  public List<StageProvider> stages() {
    return List.of(new WatchProvider());
  }
}
