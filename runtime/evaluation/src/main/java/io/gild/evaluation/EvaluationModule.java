package io.gild.evaluation;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import java.util.List;

/** Adds the settings of evaluation; adds no stage to a run-time pipeline. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class EvaluationModule implements GildModule {

  /** Creates the module; the service loader does. */
  public EvaluationModule() {}

  @Override
  public String name() {
    return "evaluation";
  }

  @Override
  public List<MeterSpec> meters() {
    return EvaluationMeter.specs();
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(Evaluation.SECTION);
  }
}
