package io.gild.ledger;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.CallListener;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import java.util.List;

/** The ledger of what model requests cost. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class LedgerModule implements GildModule {

  /** Creates the module; the service loader does. */
  public LedgerModule() {}

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(LedgerSettings.SECTION);
  }

  @Override
  public List<CallListener> listeners() {
    return List.of(new PromptListener());
  }

  @Override
  public List<MeterSpec> meters() {
    return LedgerMeter.specs();
  }

  @Override
  public void start(RuntimeScope runtime) {
    if (runtime.settings().get(LedgerSettings.SECTION).enabled()) {
      runtime.shared(CallLedger.class, CallLedger::new);
    }
  }
}
