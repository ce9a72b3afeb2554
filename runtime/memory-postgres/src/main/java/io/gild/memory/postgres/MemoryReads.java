package io.gild.memory.postgres;

import io.gild.postgres.ColumnText;
import io.gild.postgres.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads records. */
final class MemoryReads {

  private static final int FETCH = 500;

  private final MemoryTables tables;

  MemoryReads(MemoryTables tables) {
    this.tables = tables;
  }

  /** Locks records until the end of the transaction, in the order in which all writers do. */
  LockedMemories lock(
      Connection connection, String tenant, Set<String> ids, Set<String> fingerprints)
      throws SQLException {
    if (ids.isEmpty() && fingerprints.isEmpty()) {
      return new LockedMemories(ids, fingerprints, List.of());
    }
    SqlText sql = select(tenant).append(" AND (m.id = ANY(?)", keys(ids));
    if (!fingerprints.isEmpty()) {
      sql.append(" OR m.present AND m.fingerprint = ANY(?)", fingerprints);
    }
    List<StoredMemory> found = read(connection, sql.append(") ORDER BY m.seq FOR UPDATE"));
    return new LockedMemories(ids, fingerprints, found);
  }

  List<StoredMemory> read(Connection connection, String tenant, Collection<String> ids)
      throws SQLException {
    return read(connection, select(tenant).append(" AND m.id = ANY(?)", keys(ids)));
  }

  List<StoredMemory> all(Connection connection, String tenant) throws SQLException {
    return read(connection, select(tenant).append(" ORDER BY m.seq"));
  }

  static List<String> keys(Collection<String> ids) {
    return ids.stream().map(ColumnText::key).toList();
  }

  private SqlText select(String tenant) {
    return new SqlText(
        "SELECT "
            + StoredMemory.COLUMNS
            + tables.sql(" FROM {schema}.memories m WHERE m.tenant = ?"),
        tenant);
  }

  private static List<StoredMemory> read(Connection connection, SqlText sql) throws SQLException {
    List<StoredMemory> found = new ArrayList<>();
    try (PreparedStatement query = sql.prepare(connection)) {
      query.setFetchSize(FETCH);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(StoredMemory.of(rows));
        }
      }
    }
    return found;
  }

  /** Jumps from one tenant to the next in the index, however many memories each has. */
  List<String> tenants(Connection connection) throws SQLException {
    List<String> tenants = new ArrayList<>();
    SqlText sql =
        new SqlText(
            tables.sql(
                """
                WITH RECURSIVE found AS (
                  (SELECT m.tenant, m.body FROM {schema}.memories m ORDER BY m.tenant, m.id LIMIT 1)
                  UNION ALL
                  SELECT next.tenant, next.body FROM found CROSS JOIN LATERAL (
                    SELECT m.tenant, m.body FROM {schema}.memories m
                    WHERE m.tenant > found.tenant ORDER BY m.tenant, m.id LIMIT 1) next)
                SELECT tenant, body FROM found
                """));
    try (PreparedStatement query = sql.prepare(connection);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        @Nullable String name = ColumnText.text(rows.getString(1));
        tenants.add(name == null ? StoredMemory.memory(rows.getString(2)).owner().tenant() : name);
      }
    }
    return tenants;
  }
}
