package io.gild.synchronizers.spi;

import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;

/** Opens engines of one kind; found by {@link java.util.ServiceLoader}. */
@Experimental
public interface LeaseStoreProvider {

  /**
   * Returns the name that the settings use.
   *
   * @return a name such as {@code redis}, in {@code synchronizers.engine}
   */
  String name();

  /**
   * Opens the engine; a server that cannot be reached yet is no failure.
   *
   * @param runtime has the settings and the clock
   * @return the engine, of the runtime alone
   * @throws io.gild.synchronizers.SynchronizerException if that is impossible
   */
  LeaseStore open(RuntimeScope runtime);
}
