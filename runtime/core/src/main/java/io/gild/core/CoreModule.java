package io.gild.core;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.PolicyType;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import io.gild.core.spi.StageProvider;
import java.util.List;

/** The module of every runtime: model tiers, limits, and the threads that a call extends to. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class CoreModule implements GildModule {

  /** Creates the module; the service loader does. */
  public CoreModule() {}

  @Override
  public String name() {
    return "core";
  }

  @Override
  public List<MeterSpec> meters() {
    return CoreMeter.specs();
  }

  @Override
  public List<PolicyType<?>> policies() {
    return List.of(
        PolicyType.of("prompt-cache", PromptCachePolicy.class)
            .leavingAnswers(policy -> false, policy -> null));
  }

  @Override
  public List<StageProvider> stages() {
    return List.of(new PromptCacheProvider());
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(Limits.SECTION, Context.SECTION, Tier.SECTION, ModelHosts.SECTION);
  }
}
