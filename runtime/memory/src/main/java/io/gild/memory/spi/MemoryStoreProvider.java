package io.gild.memory.spi;

import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;
import io.gild.vectors.VectorSpace;

/** Opens stores of memories of one kind; found by {@link java.util.ServiceLoader}. */
@Experimental
public interface MemoryStoreProvider {

  /**
   * Returns the name that the settings use.
   *
   * @return a name such as {@code postgres}, in {@code memory.long-term.store}
   */
  String name();

  /**
   * Opens the store.
   *
   * @param runtime has the settings and the clock
   * @param space the model and the length of its vectors
   * @return the store, of the runtime alone
   * @throws io.gild.memory.MemoryException if that is impossible
   */
  MemoryStore open(RuntimeScope runtime, VectorSpace space);
}
