package io.gild.memory.postgres;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;
import io.gild.memory.Memory;
import io.gild.memory.spi.MemoryStore;
import io.gild.memory.spi.MemoryStoreProvider;
import io.gild.vectors.VectorSpace;
import java.util.function.Function;

/** Opens the store {@code postgres}, in the database of {@code memory.postgres}. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(MemoryStoreProvider.class)
public final class PostgresMemoryStoreProvider implements MemoryStoreProvider {

  /** Creates the provider; the service loader does. */
  public PostgresMemoryStoreProvider() {}

  @Override
  public String name() {
    return "postgres";
  }

  /** Opens the store; it connects when it is used, so that PostgreSQL may start later. */
  @Override
  public MemoryStore open(RuntimeScope runtime, VectorSpace space) {
    return new PostgresMemoryStore(
        runtime.settings().get(PostgresMemory.SECTION).postgres(), space);
  }

  @Override
  public int reembed(RuntimeScope runtime, VectorSpace space, Function<Memory, float[]> embedding) {
    try (PostgresMemoryStore store =
        new PostgresMemoryStore(runtime.settings().get(PostgresMemory.SECTION).postgres(), space)) {
      return store.reembed(embedding);
    }
  }
}
