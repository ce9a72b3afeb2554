package io.gild.console;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.GildModule;

/** The live console of a runtime. */
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
}
