package io.gild.memory.postgres;

import io.gild.memory.MemoryRecord;
import io.gild.postgres.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which memories claim their fingerprint. A unique index lets one row of a tenant claim it, so that
 * of two writers who do not see each other, the second one fails and tries again, and then finds
 * what the first one stored. A memory that is stored beside one of the same fingerprint on purpose,
 * such as a second experience of a task, claims nothing.
 */
final class FingerprintClaims {

  private final Connection connection;
  private final MemoryTables tables;
  private final String tenant;
  private final Set<String> removed;

  FingerprintClaims(
      Connection connection, MemoryTables tables, String tenant, Set<String> removed) {
    this.connection = connection;
    this.tables = tables;
    this.tenant = tenant;
    this.removed = removed;
  }

  /**
   * Returns the claims, by the ids of the memories.
   *
   * @param put the records that are written
   * @param known the rows of those that are there
   * @param locked what the change was made of
   */
  Map<String, String> of(
      Collection<MemoryRecord> put, Map<String, StoredMemory> known, LockedMemories locked)
      throws SQLException {
    List<MemoryRecord> present =
        put.stream().filter(record -> StoredMemory.isPresent(record.memory())).toList();
    Set<String> own = new TreeSet<>(removed);
    put.forEach(record -> own.add(record.memory().id()));
    Set<String> taken = takenOfLocked(locked, own);
    Set<String> others = new TreeSet<>();
    present.forEach(record -> others.add(record.fingerprint()));
    others.removeAll(locked.fingerprints());
    taken.addAll(taken(others, own));
    Map<String, String> claims = new HashMap<>();
    for (MemoryRecord record : claimantsFirst(present, known)) {
      String fingerprint = record.fingerprint();
      if (taken.add(fingerprint)) {
        claims.put(record.memory().id(), fingerprint);
      }
    }
    return claims;
  }

  /**
   * Returns the fingerprints that the change was made with. What came after it is not asked for:
   * the index then rejects the claim, so that the change is made again.
   */
  private static Set<String> takenOfLocked(LockedMemories locked, Set<String> own) {
    Set<String> taken = new HashSet<>();
    for (StoredMemory stored : locked.found()) {
      if (StoredMemory.isPresent(stored.record().memory()) && !own.contains(stored.id())) {
        taken.add(stored.record().fingerprint());
      }
    }
    return taken;
  }

  /** A claim stays where it is, because an index cannot move it within one change. */
  private static List<MemoryRecord> claimantsFirst(
      List<MemoryRecord> present, Map<String, StoredMemory> known) {
    List<MemoryRecord> ordered = new ArrayList<>();
    List<MemoryRecord> others = new ArrayList<>();
    for (MemoryRecord record : present) {
      StoredMemory stored = known.get(record.memory().id());
      boolean claims = stored != null && record.fingerprint().equals(stored.claim());
      (claims ? ordered : others).add(record);
    }
    ordered.addAll(others);
    return ordered;
  }

  /** Returns the fingerprints that other rows have. */
  private Set<String> taken(Set<String> fingerprints, Set<String> own) throws SQLException {
    Set<String> taken = new HashSet<>();
    if (fingerprints.isEmpty()) {
      return taken;
    }
    SqlText sql =
        new SqlText(
            tables.sql(
                "SELECT DISTINCT m.fingerprint FROM {schema}.memories m WHERE m.tenant = ? AND m.present AND m.fingerprint = ANY(?) AND m.id <> ALL(?)"),
            tenant,
            fingerprints,
            MemoryReads.keys(own));
    try (PreparedStatement query = sql.prepare(connection);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        taken.add(rows.getString(1));
      }
    }
    return taken;
  }
}
