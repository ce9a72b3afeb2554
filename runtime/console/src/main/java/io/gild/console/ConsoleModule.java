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
    if (scope instanceof GildRuntime runtime
        && runtime.settings().get(ConsoleSettings.SECTION).port() != null) {
      runtime.shared(ConsoleHolder.class, same -> ConsoleHolder.start(runtime));
    }
  }

  /** Keeps the console of a runtime, which is closed with it. */
  static final class ConsoleHolder implements AutoCloseable {

    private final @org.jspecify.annotations.Nullable JvmConsole console;

    private ConsoleHolder(@org.jspecify.annotations.Nullable JvmConsole console) {
      this.console = console;
    }

    static ConsoleHolder start(GildRuntime runtime) {
      return new ConsoleHolder(
          JvmConsole.start(runtime, runtime.settings().get(ConsoleSettings.SECTION)));
    }

    @org.jspecify.annotations.Nullable
    JvmConsole console() {
      return console;
    }

    @Override
    public void close() {
      if (console != null) {
        console.close();
      }
    }
  }
}
