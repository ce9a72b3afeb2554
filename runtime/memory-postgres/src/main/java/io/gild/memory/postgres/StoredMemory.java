package io.gild.memory.postgres;

import io.gild.config.Json;
import io.gild.memory.Memory;
import io.gild.memory.MemoryJson;
import io.gild.memory.MemoryRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record with its row.
 *
 * @param seq number of the row: memories that came first have the lower ones
 * @param record the record
 * @param claim the fingerprint that no other row of the tenant may claim; {@code null} for none
 */
record StoredMemory(long seq, MemoryRecord record, @Nullable String claim) {

  /** The columns to read, of a row {@code m}. */
  static final String COLUMNS =
      "m.seq, m.claim, m.body, m.uses, m.used_seconds, m.used_nanos, m.vector";

  static StoredMemory of(ResultSet row) throws SQLException {
    return new StoredMemory(
        row.getLong("seq"),
        new MemoryRecord(memory(row), VectorColumn.read(row, "vector")),
        row.getString("claim"));
  }

  /** Returns the memory of a row; uses are counted in columns of their own. */
  static Memory memory(ResultSet row) throws SQLException {
    return memory(row.getString("body")).toBuilder()
        .used(
            row.getLong("uses"),
            Instant.ofEpochSecond(row.getLong("used_seconds"), row.getInt("used_nanos")))
        .build();
  }

  static Memory memory(String body) {
    if (Json.read(body) instanceof Map<?, ?> json) {
      return MemoryJson.memory(json);
    }
    throw new IllegalArgumentException("body must be a JSON object");
  }

  String id() {
    return record.memory().id();
  }

  static boolean isPresent(Memory memory) {
    return memory.pruned() == null && memory.validUntil() == null;
  }
}
