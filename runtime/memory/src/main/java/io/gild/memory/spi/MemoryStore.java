package io.gild.memory.spi;

import io.gild.config.Experimental;
import io.gild.memory.MemoryCandidate;
import io.gild.memory.MemoryRecord;
import io.gild.memory.MemorySearch;
import io.gild.memory.MemoryWrite;
import io.gild.vectors.VectorSpace;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Keeps memories, by tenant. Thread-safe; each change is one step, also for other JVMs that use the
 * same store. A change that returned is not lost by the death of the JVM, unless the store keeps
 * memories in this JVM alone.
 *
 * <p>An implementation runs {@code MemoryStoreContract} of {@code gild-testkit}. A failure is a
 * {@link io.gild.memory.MemoryException}.
 */
@Experimental
public interface MemoryStore extends AutoCloseable {

  /**
   * Returns the model and the length of the vectors.
   *
   * @return the space of all vectors in this store
   */
  VectorSpace space();

  /**
   * Changes memories that are read in the same step.
   *
   * @param tenant the tenant
   * @param ids ids of the memories that the change depends on; unknown ones are left out
   * @param fingerprints {@linkplain MemoryRecord#fingerprint fingerprints} of present memories that
   *     the change depends on
   * @param change makes the change of the records that were found; may be called again if another
   *     writer was faster
   * @return the change that was made
   */
  MemoryWrite change(
      String tenant,
      Collection<String> ids,
      Collection<String> fingerprints,
      Function<List<MemoryRecord>, MemoryWrite> change);

  /**
   * Reads memories.
   *
   * @param tenant the tenant
   * @param ids the ids; unknown ones are left out
   * @return the records, superseded and pruned ones among them, in no particular order
   */
  List<MemoryRecord> read(String tenant, Collection<String> ids);

  /**
   * Reads all memories of a tenant.
   *
   * @param tenant the tenant
   * @return the records, superseded and pruned ones among them, the oldest first
   */
  List<MemoryRecord> all(String tenant);

  /**
   * Lists the tenants that have memories.
   *
   * @return their names, in no particular order
   */
  List<String> tenants();

  /**
   * Finds candidates for recall.
   *
   * @param tenant the tenant
   * @param search what to find
   * @return memories that share a word with the text, whose vectors are near, or that are next to
   *     such a memory in its session, in no particular order; each once. Pruned ones are left out.
   */
  List<MemoryCandidate> search(String tenant, MemorySearch search);

  /**
   * Counts one use of each of some memories. It may be written later; a death of the JVM may lose
   * it.
   *
   * @param tenant the tenant
   * @param ids the ids; unknown ones are ignored
   * @param at when they were used
   */
  void used(String tenant, Collection<String> ids, Instant at);

  @Override
  void close();
}
