package io.gild.memory;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.PolicyType;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import io.gild.core.spi.StageProvider;
import java.util.List;

/** Sessions, facts and experiences of agents. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class MemoryModule implements GildModule {

  /** Creates the module; the service loader does. */
  public MemoryModule() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(MemorySettings.SECTION);
  }

  @Override
  public List<PolicyType<?>> policies() {
    return List.of(
        PolicyType.of("remember", RememberPolicy.class)
            .annotation("io.gild.annotations.Remember")
            .leavingAnswers(policy -> true, policy -> policy),
        PolicyType.of("recall", RecallPolicy.class).annotation("io.gild.annotations.Recall"),
        PolicyType.of("experience", ExperiencePolicy.class)
            .annotation("io.gild.annotations.Experience"));
  }

  @Override
  public List<MeterSpec> meters() {
    return MemoryMeter.specs();
  }

  @Override
  public List<StageProvider> stages() {
    return List.of(new RememberProvider(), new RecallProvider(), new ExperienceProvider());
  }

  @Override
  public void start(RuntimeScope runtime) {
    if (runtime.settings().get(MemorySettings.SECTION).consolidateEvery() != null) {
      AgentMemory.of(runtime).consolidateRegularly();
    }
  }
}
