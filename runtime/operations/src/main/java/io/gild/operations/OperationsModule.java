package io.gild.operations;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import io.gild.core.GildRuntime;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import java.util.List;

/** Rollouts of new versions. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class OperationsModule implements GildModule {

  /** Creates the module; the service loader does. */
  public OperationsModule() {}

  @Override
  public String name() {
    return "operations";
  }

  @Override
  public List<MeterSpec> meters() {
    return OperationsMeter.specs();
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(RolloutSettings.SECTION, RolloutDefaults.SECTION, ControlSettings.SECTION);
  }

  @Override
  public void start(RuntimeScope scope) {
    if (scope instanceof GildRuntime runtime && JvmRollouts.isWanted(runtime.settings())) {
      runtime.shared(JvmRollouts.class, same -> JvmRollouts.start(runtime));
    }
  }
}
