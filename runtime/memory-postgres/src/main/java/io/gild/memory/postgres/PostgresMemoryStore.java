package io.gild.memory.postgres;

import io.gild.config.Experimental;
import io.gild.memory.Memory;
import io.gild.memory.MemoryCandidate;
import io.gild.memory.MemoryException;
import io.gild.memory.MemoryRecord;
import io.gild.memory.MemorySearch;
import io.gild.memory.MemoryWrite;
import io.gild.memory.spi.MemoryStore;
import io.gild.postgres.ColumnText;
import io.gild.postgres.PostgresConnections;
import io.gild.postgres.PostgresConnections.Work;
import io.gild.postgres.PostgresDatabase;
import io.gild.postgres.PostgresFailure;
import io.gild.postgres.SqlText;
import io.gild.vectors.VectorSpace;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps memories in PostgreSQL 15 or later. All JVMs that use the same database and schema share
 * the memories. The tables are made when they are first used.
 *
 * <p>Each change is one transaction, which locks the memories that it depends on and runs again if
 * another writer was faster. A change that returned is as durable as the server is: with its
 * default, {@code synchronous_commit = on}, nothing of it is lost when the server is killed. Each
 * search reads one snapshot, and ranks as the store in this JVM does.
 *
 * <p>While PostgreSQL does not answer, each operation throws a {@link
 * io.gild.memory.MemoryException}, and nothing of it is stored, except that a change whose
 * connection broke during its commit may have been made; the message says so. The store works again
 * as soon as PostgreSQL does.
 */
@Experimental
public final class PostgresMemoryStore implements MemoryStore {

  private final VectorSpace space;
  private final PostgresConnections connections;
  private final MemoryTables tables;
  private final MemoryReads reads;
  private final MemoryWrites writes;
  private final UnaryOperator<VectorSearch> adapt;
  private volatile @Nullable VectorSearch vectors;

  /**
   * Creates a store. It connects when it is used.
   *
   * @param settings where PostgreSQL is
   * @param space the model and the length of its vectors
   */
  public PostgresMemoryStore(PostgresDatabase settings, VectorSpace space) {
    this(settings, space, UnaryOperator.identity());
  }

  /**
   * Creates a store for a test.
   *
   * @param adapt changes how vectors are found
   */
  PostgresMemoryStore(
      PostgresDatabase settings, VectorSpace space, UnaryOperator<VectorSearch> adapt) {
    this.space = space;
    this.connections = new PostgresConnections(settings, "memory.postgres", MemoryException::new);
    this.tables = new MemoryTables(settings.schema(), settings.place(), space);
    this.reads = new MemoryReads(tables);
    this.writes = new MemoryWrites(tables, reads, space);
    this.adapt = adapt;
  }

  @Override
  public VectorSpace space() {
    return space;
  }

  @Override
  public MemoryWrite change(
      String tenant,
      Collection<String> ids,
      Collection<String> fingerprints,
      Function<List<MemoryRecord>, MemoryWrite> change) {
    String key = ColumnText.key(tenant);
    return writing(
        "change memories of tenant \"" + tenant + "\"",
        connection -> {
          LockedMemories locked =
              reads.lock(connection, key, Set.copyOf(ids), Set.copyOf(fingerprints));
          MemoryWrite write = change.apply(locked.records());
          if (!write.equals(MemoryWrite.none())) {
            writes.write(connection, key, write, locked);
          }
          return write;
        });
  }

  private static List<MemoryRecord> records(List<StoredMemory> stored) {
    return stored.stream().map(StoredMemory::record).toList();
  }

  @Override
  public List<MemoryRecord> read(String tenant, Collection<String> ids) {
    return reading(
        "read memories of tenant \"" + tenant + "\"",
        connection -> records(reads.read(connection, ColumnText.key(tenant), ids)));
  }

  @Override
  public List<MemoryRecord> all(String tenant) {
    return reading(
        "read the memories of tenant \"" + tenant + "\"",
        connection -> records(reads.all(connection, ColumnText.key(tenant))));
  }

  @Override
  public List<String> tenants() {
    return reading("list the tenants", reads::tenants);
  }

  @Override
  public List<MemoryCandidate> search(String tenant, MemorySearch search) {
    VectorSearch opened = open();
    return reading(
        "search the memories of tenant \"" + tenant + "\"",
        connection ->
            new CandidateSearch(connection, tables, opened, ColumnText.key(tenant), search).run());
  }

  /** Counts uses at once; when the server is killed, the last ones may be lost. */
  @Override
  public void used(String tenant, Collection<String> ids, Instant at) {
    writing(
        "count uses of memories of tenant \"" + tenant + "\"",
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL synchronous_commit = off");
          }
          return count(connection, ColumnText.key(tenant), ids, at);
        });
  }

  private int count(Connection connection, String tenant, Collection<String> ids, Instant at)
      throws SQLException {
    long seconds = at.getEpochSecond();
    int nanos = at.getNano();
    return new SqlText(
            tables.sql(
                """
                UPDATE {schema}.memories SET uses = uses + 1, (used_seconds, used_nanos) = (
                  SELECT greatest_seconds, greatest_nanos FROM (VALUES
                    (used_seconds, used_nanos), (?::bigint, ?::int)) AS t (greatest_seconds, greatest_nanos)
                  ORDER BY 1 DESC, 2 DESC LIMIT 1)
                WHERE seq IN (
                  SELECT m.seq FROM {schema}.memories m
                  WHERE m.tenant = ? AND m.id = ANY(?) ORDER BY m.seq FOR UPDATE)
                """),
            seconds,
            nanos,
            tenant,
            MemoryReads.keys(ids))
        .execute(connection);
  }

  /**
   * Makes the vectors of all memories anew, as those of this store's space, after another model was
   * used. Other writers wait; if they wait for longer than their timeout, they fail. Readers see
   * the old vectors until the end.
   *
   * @param embedding returns the vector of a memory, of length 1, or without components if its text
   *     has no direction
   * @return how many memories there are, of all tenants
   * @throws io.gild.memory.MemoryException if that fails; nothing has changed then
   */
  public int reembed(Function<Memory, float[]> embedding) {
    vectors = null;
    return connections.run(
        "embed the memories again",
        connection -> new PostgresReembedding(tables, space, embedding).run(connection));
  }

  private <T> T reading(String what, Work<T> work) {
    open();
    return running(
        what,
        connection -> {
          tables.beginReading(connection);
          return work.run(connection);
        });
  }

  private <T> T writing(String what, Work<T> work) {
    open();
    return running(
        what,
        connection -> {
          tables.beginWriting(connection);
          return work.run(connection);
        });
  }

  /** If the tables were dropped, the next operation makes them anew. */
  private <T> T running(String what, Work<T> work) {
    return connections.run(
        what,
        connection -> {
          try {
            return work.run(connection);
          } catch (SQLException failure) {
            if (PostgresFailure.isMissingTable(failure)) {
              vectors = null;
            }
            throw failure;
          }
        });
  }

  private VectorSearch open() {
    VectorSearch known = vectors;
    if (known == null) {
      known = adapt.apply(connections.run("open the memories", tables::open));
      vectors = known;
    }
    return known;
  }

  @Override
  public void close() {
    connections.close();
  }
}
