package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.config.Policies;
import io.gild.config.Settings;
import io.gild.core.CallListeners;
import io.gild.core.Counts;
import io.gild.core.Meters;
import io.gild.core.MethodScope;
import io.gild.core.MethodSpec;
import io.gild.core.RuntimeScope;
import java.util.function.ToDoubleFunction;

/** The method and runtime of a stage, when the stage is made. */
@Experimental
public interface StageContext {

  /**
   * Returns the method's description.
   *
   * @return the spec
   */
  MethodSpec spec();

  /**
   * Returns the governed method itself; it has no stages yet.
   *
   * @return the method
   */
  MethodScope method();

  /**
   * Returns the policies in effect.
   *
   * @return the policies
   */
  Policies policies();

  /**
   * Returns the settings in effect for the method, which may be those of a new version.
   *
   * @return the settings
   */
  default Settings settings() {
    return method().settings();
  }

  /**
   * Returns the method's counters.
   *
   * @return the counters
   */
  Counts counts();

  /**
   * Returns the runtime: settings, clock, randomness, executors, events.
   *
   * @return the runtime
   */
  RuntimeScope runtime();

  /**
   * Returns the listeners of the runtime.
   *
   * @return the listeners, to which a stage may add one
   */
  CallListeners listeners();

  /**
   * Publishes a number of the method until the method gets other stages or is released.
   *
   * @param spec a gauge or counter; the {@linkplain MeterSpec#OF_METHODS tags of methods} that come
   *     first get their values
   * @param owner what has the number, such as the stage; not kept alive
   * @param value reads the number from the owner, on any thread; must not refer to the owner
   * @param more values of further tags
   * @param <T> type of the owner
   */
  <T> void publish(MeterSpec spec, T owner, ToDoubleFunction<? super T> value, String... more);

  /**
   * Returns what records the amounts of a series of the method.
   *
   * @param spec a counter, timer or summary; the {@linkplain MeterSpec#OF_METHODS tags of methods}
   *     that come first get their values
   * @param more values of further tags
   * @return the recorder
   */
  default MeterRecorder recorder(MeterSpec spec, String... more) {
    return runtime().meters().recorder(spec, Meters.values(spec, method(), more));
  }

  /**
   * Reserves a slot for an object that the stage keeps per call.
   *
   * @return an index for {@link io.gild.core.AgentCall#slot(int)}
   */
  int newSlot();
}
