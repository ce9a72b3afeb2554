package io.gild.a2a.server;

import com.google.auto.service.AutoService;
import io.gild.a2a.Delegations;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import io.gild.core.GildLog;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.ContextCarrier;
import io.gild.core.spi.GildModule;
import java.util.List;

/** Declares the settings of served agents. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class A2aModule implements GildModule {

  /** Creates the module; the service loader does. */
  public A2aModule() {}

  @Override
  public String name() {
    return "a2a";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(A2aSettings.SECTION, ServeSettings.SECTION);
  }

  /** Says what has no effect; the javaagent sets the property while it is attached. */
  @Override
  public void start(RuntimeScope runtime) {
    boolean attached = System.getProperty("gild.attached") != null;
    if (!attached && !runtime.settings().get(ServeSettings.SECTION).serve().isEmpty()) {
      GildLog.infoOnce(
          "a2a.serve has no effect without the javaagent. Attach it, or serve the agents with gild"
              + " serve.");
    }
  }

  @Override
  public List<ContextCarrier> carriers() {
    return List.of(new Delegations());
  }
}
