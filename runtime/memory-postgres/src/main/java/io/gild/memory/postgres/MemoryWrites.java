package io.gild.memory.postgres;

import io.gild.config.Json;
import io.gild.memory.Experiences;
import io.gild.memory.Memory;
import io.gild.memory.MemoryFacts;
import io.gild.memory.MemoryJson;
import io.gild.memory.MemoryRecord;
import io.gild.memory.MemoryWrite;
import io.gild.postgres.ColumnText;
import io.gild.postgres.SqlText;
import io.gild.vectors.TextEntry;
import io.gild.vectors.VectorSpace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a change within its transaction: rows of memories, and of the terms that find them. */
final class MemoryWrites {

  /** So many records at once, so that no statement takes long. */
  private static final int CHUNK = 500;

  private static final String COLUMNS =
      "fingerprint, claim, present, pruned, line, session, created_seconds, created_nanos, length, facts, uses, used_seconds, used_nanos, body";

  private static final String VALUES = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?";

  private final MemoryTables tables;
  private final MemoryReads reads;
  private final VectorSpace space;

  /** A record in place of another one. */
  private record Changed(StoredMemory old, MemoryRecord record) {

    Memory memory() {
      return record.memory();
    }

    String id() {
      return memory().id();
    }

    boolean keepsVector() {
      return Arrays.equals(old.record().vector(), record.vector());
    }
  }

  MemoryWrites(MemoryTables tables, MemoryReads reads, VectorSpace space) {
    this.tables = tables;
    this.reads = reads;
    this.space = space;
  }

  /**
   * Writes a change.
   *
   * @param tenant key of the tenant
   * @param locked what the change was made of
   */
  void write(Connection connection, String tenant, MemoryWrite write, LockedMemories locked)
      throws SQLException {
    write.put().forEach(this::requireSpace);
    Map<String, MemoryRecord> put = new LinkedHashMap<>();
    write.put().forEach(record -> put.put(record.memory().id(), record));
    put.keySet().removeAll(write.removed());
    Map<String, StoredMemory> known = known(connection, tenant, put.keySet(), locked);
    remove(connection, tenant, write.removed());
    Map<String, String> claims =
        new FingerprintClaims(connection, tables, tenant, write.removed())
            .of(put.values(), known, locked);
    List<MemoryRecord> fresh = new ArrayList<>();
    List<Changed> changed = new ArrayList<>();
    put.forEach((id, record) -> {
      StoredMemory old = known.get(id);
      if (old == null) {
        fresh.add(record);
      } else {
        changed.add(new Changed(old, record));
      }
    });
    update(connection, tenant, changed, claims);
    insert(connection, tenant, fresh, claims);
  }

  private void requireSpace(MemoryRecord record) {
    if (record.vector().length > 0) {
      space.unit(record.memory().id(), record.vector());
    }
  }

  private Map<String, StoredMemory> known(
      Connection connection, String tenant, Set<String> ids, LockedMemories locked)
      throws SQLException {
    Map<String, StoredMemory> known = new HashMap<>();
    locked.found().forEach(stored -> known.put(stored.id(), stored));
    Set<String> others = new TreeSet<>(ids);
    others.removeAll(locked.ids());
    others.removeAll(known.keySet());
    for (StoredMemory stored : reads.lock(connection, tenant, others, Set.of()).found()) {
      known.put(stored.id(), stored);
    }
    return known;
  }

  private void remove(Connection connection, String tenant, Set<String> ids) throws SQLException {
    List<String> keys = MemoryReads.keys(ids);
    for (int from = 0; from < keys.size(); from += CHUNK) {
      remove(connection, tenant, keys.subList(from, Math.min(keys.size(), from + CHUNK)));
    }
  }

  private void remove(Connection connection, String tenant, List<String> keys) throws SQLException {
    List<Long> rows = new ArrayList<>();
    SqlText lock =
        new SqlText(
            tables.sql(
                "SELECT m.seq FROM {schema}.memories m WHERE m.tenant = ? AND m.id = ANY(?) ORDER BY m.seq FOR UPDATE"),
            tenant,
            keys);
    try (PreparedStatement query = lock.prepare(connection);
        ResultSet found = query.executeQuery()) {
      while (found.next()) {
        rows.add(found.getLong(1));
      }
    }
    removeTerms(connection, tenant, rows);
    new SqlText(
            tables.sql("DELETE FROM {schema}.memories WHERE tenant = ? AND seq = ANY(?)"),
            tenant,
            rows)
        .execute(connection);
  }

  private void removeTerms(Connection connection, String tenant, List<Long> rows)
      throws SQLException {
    if (!rows.isEmpty()) {
      new SqlText(
              tables.sql("DELETE FROM {schema}.terms WHERE tenant = ? AND memory = ANY(?)"),
              tenant,
              rows)
          .execute(connection);
    }
  }

  private void update(
      Connection connection, String tenant, List<Changed> changed, Map<String, String> claims)
      throws SQLException {
    Map<Long, TermCounts> terms = new TreeMap<>();
    for (Changed each : inOrder(changed, claims)) {
      TermCounts counts = TermCounts.of(each.memory());
      update(connection, tenant, each, counts, claims.get(each.id()));
      if (!words(each.old().record().memory()).equals(words(each.memory()))) {
        terms.put(each.old().seq(), counts);
      }
    }
    removeTerms(connection, tenant, List.copyOf(terms.keySet()));
    insertTerms(connection, tenant, terms);
  }

  /** Puts those first that claim nothing: what they claimed before, another one may claim now. */
  private static List<Changed> inOrder(List<Changed> changed, Map<String, String> claims) {
    return Stream.concat(
            changed.stream().filter(each -> !claims.containsKey(each.id())),
            changed.stream().filter(each -> claims.containsKey(each.id())))
        .toList();
  }

  private static String words(Memory memory) {
    return memory.pruned() == null ? MemoryFacts.words(memory) : "";
  }

  private void update(
      Connection connection,
      String tenant,
      Changed changed,
      TermCounts counts,
      @Nullable String claim)
      throws SQLException {
    SqlText sql = new SqlText(tables.sql("UPDATE {schema}.memories SET ("));
    List<@Nullable Object> values = values(changed.record(), counts, claim);
    if (changed.keepsVector()) { // a vector that is written anew is also indexed anew
      sql.append(COLUMNS + ") = (" + VALUES + ")", values.subList(0, values.size() - 2).toArray());
    } else {
      sql.append(
          COLUMNS + ", vector, components) = (" + VALUES + ", ?, ?::real[])", values.toArray());
    }
    sql.append(" WHERE tenant = ? AND seq = ?", tenant, changed.old().seq()).execute(connection);
  }

  private void insert(
      Connection connection, String tenant, List<MemoryRecord> records, Map<String, String> claims)
      throws SQLException {
    Map<Long, TermCounts> terms = new TreeMap<>();
    for (MemoryRecord record : records) {
      Memory memory = record.memory();
      TermCounts counts = TermCounts.of(memory);
      SqlText sql =
          new SqlText(
                  tables.sql("INSERT INTO {schema}.memories (tenant, id, ")
                      + COLUMNS
                      + ", vector, components) VALUES (?, ?, ",
                  tenant,
                  ColumnText.key(memory.id()))
              .append(
                  VALUES + ", ?, ?::real[]) RETURNING seq",
                  values(record, counts, claims.get(memory.id())).toArray());
      try (PreparedStatement statement = sql.prepare(connection);
          ResultSet row = statement.executeQuery()) {
        row.next();
        terms.put(row.getLong(1), counts);
      }
      if (terms.size() == CHUNK) {
        insertTerms(connection, tenant, terms);
        terms.clear();
      }
    }
    insertTerms(connection, tenant, terms);
  }

  private static List<@Nullable Object> values(
      MemoryRecord record, TermCounts counts, @Nullable String claim) {
    Memory memory = record.memory();
    boolean pruned = memory.pruned() != null;
    String session = memory.source().session();
    List<@Nullable Object> values = new ArrayList<>();
    values.add(record.fingerprint());
    values.add(claim);
    values.add(StoredMemory.isPresent(memory));
    values.add(pruned);
    values.add(!pruned && !session.isEmpty() && !memory.kind().equals(Experiences.KIND));
    values.add(ColumnText.key(session));
    values.add(memory.created().getEpochSecond());
    values.add(memory.created().get(ChronoField.NANO_OF_SECOND));
    values.add(counts.length());
    values.add(pruned ? null : facts(memory));
    values.add(memory.uses());
    values.add(memory.lastUsed().getEpochSecond());
    values.add(memory.lastUsed().get(ChronoField.NANO_OF_SECOND));
    values.add(Json.write(MemoryJson.of(memory)));
    values.add(VectorColumn.bytes(record.vector()));
    values.add(VectorColumn.components(record.vector()));
    return values;
  }

  /** Returns the facts as every index of Gild checks and compares them. */
  private static String facts(Memory memory) {
    return FilterSql.facts(new TextEntry(memory.id(), "", MemoryFacts.of(memory)).metadata());
  }

  private void insertTerms(Connection connection, String tenant, Map<Long, TermCounts> terms)
      throws SQLException {
    List<String> words = new ArrayList<>();
    List<Long> rows = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    terms.forEach((row, own) ->
        own.counts()
            .forEach((term, count) -> {
              words.add(term);
              rows.add(row);
              counts.add((long) count);
            }));
    if (!words.isEmpty()) {
      new SqlText(
              tables.sql(
                  "INSERT INTO {schema}.terms (tenant, term, memory, count) SELECT ?, t.term, t.memory, t.count FROM unnest(?, ?, ?) AS t (term, memory, count)"),
              tenant,
              words,
              rows,
              counts)
          .execute(connection);
    }
  }
}
