package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.config.spi.SettingsModule;
import io.gild.core.RuntimeScope;
import java.util.List;

/**
 * One module of Gild: everything that it adds to a runtime.
 *
 * <p>It is registered as a {@link SettingsModule}, its one service, and found by {@link
 * java.util.ServiceLoader}:
 *
 * <pre>{@code
 * @AutoService(SettingsModule.class)
 * public final class ReliabilityModule implements GildModule { ... }
 * }</pre>
 */
@Experimental
public interface GildModule extends SettingsModule {

  /**
   * Returns the providers of the module's stages.
   *
   * @return one provider for each kind of stage
   */
  default List<StageProvider> stages() {
    return List.of();
  }

  /**
   * Returns the listeners to the calls of a runtime.
   *
   * @return listeners of that runtime alone
   */
  default List<CallListener> listeners() {
    return List.of();
  }

  /**
   * Returns the carriers of context to other threads.
   *
   * @return carriers of that runtime alone
   */
  default List<ContextCarrier> carriers() {
    return List.of();
  }

  /**
   * Returns the meters that the module records or publishes, with names that no other module has.
   *
   * @return their declarations
   */
  default List<MeterSpec> meters() {
    return List.of();
  }

  /**
   * Starts work that no call begins, such as work by a schedule; called once for each runtime,
   * before its first call. Objects that the module makes by {@link RuntimeScope#shared} are closed
   * with the runtime. A failure is logged and stops nothing else.
   *
   * @param runtime the runtime
   */
  default void start(RuntimeScope runtime) {}
}
