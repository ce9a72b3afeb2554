package io.gild.memory.spi;

import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;

/** Opens stores of sessions of one kind; found by {@link java.util.ServiceLoader}. */
@Experimental
public interface SessionStoreProvider {

  /**
   * Returns the name that the settings use.
   *
   * @return a name such as {@code redis}, in {@code memory.session.store}
   */
  String name();

  /**
   * Opens the store.
   *
   * @param runtime has the settings and the clock
   * @return the store, of the runtime alone
   * @throws io.gild.memory.MemoryException if that is impossible
   */
  SessionStore open(RuntimeScope runtime);
}
