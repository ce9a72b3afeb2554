package io.gild.console;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import io.gild.core.GildRuntime;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.GildModule;
import java.util.List;

/** The live console of a runtime; there is none unless the settings name a port. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class ConsoleModule implements GildModule {

  /** Creates the module; the service loader does. */
  public ConsoleModule() {}

  @Override
  public String name() {
    return "console";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(ConsoleSettings.SECTION);
  }

  @Override
  public void start(RuntimeScope scope) {
    if (scope instanceof GildRuntime runtime) {
      runtime.shared(ConsoleOfRuntime.class, same -> new ConsoleOfRuntime(runtime)).follow();
    }
  }
}
