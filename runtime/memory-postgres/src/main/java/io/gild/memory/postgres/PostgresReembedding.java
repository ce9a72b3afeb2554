package io.gild.memory.postgres;

import io.gild.memory.Memory;
import io.gild.postgres.Patience;
import io.gild.vectors.VectorSpace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;

/** Makes the vectors of all memories anew, in one transaction. */
final class PostgresReembedding {

  private static final int BATCH = 200;

  private final MemoryTables tables;
  private final VectorSpace space;
  private final Function<Memory, float[]> embedding;

  PostgresReembedding(MemoryTables tables, VectorSpace space, Function<Memory, float[]> embedding) {
    this.tables = tables;
    this.space = space;
    this.embedding = embedding;
  }

  int run(Connection connection) throws SQLException {
    int[] embedded = new int[1];
    Patience.run(
        connection,
        () -> {
          tables.lock(connection);
          tables.changeModel(connection);
          try (Statement statement = connection.createStatement()) {
            statement.execute(tables.sql("DROP INDEX IF EXISTS {schema}.memories_vector"));
          }
          embedded[0] = embed(connection);
          Pgvector pgvector = Pgvector.find(connection, tables, space);
          if (pgvector != null) {
            pgvector.createIndex(connection);
          }
        });
    return embedded[0];
  }

  private int embed(Connection connection) throws SQLException {
    int embedded = 0;
    try (PreparedStatement query =
            connection.prepareStatement(tables.sql("SELECT seq, body FROM {schema}.memories"));
        PreparedStatement update =
            connection.prepareStatement(
                tables.sql(
                    "UPDATE {schema}.memories SET vector = ?, components = ?::real[] WHERE seq = ?"))) {
      query.setFetchSize(BATCH);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          float[] vector = vector(rows.getString("body"));
          update.setBytes(1, VectorColumn.bytes(vector));
          update.setString(2, VectorColumn.components(vector));
          update.setLong(3, rows.getLong("seq"));
          update.addBatch();
          if (++embedded % BATCH == 0) {
            update.executeBatch();
          }
        }
      }
      update.executeBatch();
    }
    return embedded;
  }

  private float[] vector(String body) {
    Memory memory = StoredMemory.memory(body);
    float[] vector = embedding.apply(memory);
    if (vector.length > 0) {
      space.unit(memory.id(), vector);
    }
    return vector;
  }
}
