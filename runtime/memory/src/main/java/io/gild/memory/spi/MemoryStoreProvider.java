package io.gild.memory.spi;

import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;
import io.gild.memory.Memory;
import io.gild.vectors.VectorSpace;
import java.util.function.Function;

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

  /**
   * Makes the vectors of all memories anew, for another model.
   *
   * @param runtime has the settings
   * @param space the new model and the length of its vectors
   * @param embedding makes the vector of a memory, of length 1 or without components
   * @return how many memories have new vectors
   * @throws io.gild.memory.MemoryException if that is impossible
   */
  int reembed(RuntimeScope runtime, VectorSpace space, Function<Memory, float[]> embedding);
}
