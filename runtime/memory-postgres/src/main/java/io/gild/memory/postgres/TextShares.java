package io.gild.memory.postgres;

import io.gild.postgres.ColumnText;
import io.gild.postgres.SqlText;
import io.gild.vectors.Bm25;
import io.gild.vectors.TextTerms;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The share that memories and sessions have in the words of a query, by the formula of {@link Bm25}
 * over the tenant as it is. The sums run in the order of the query, so that equal texts get equal
 * scores.
 */
final class TextShares {

  private static final String WANTED =
      """
      WITH wanted AS (
        SELECT w.term, w.place FROM unnest(?::text[]) WITH ORDINALITY AS w (term, place)
      )\
      """;

  private static final String WEIGHTS =
      """
      , weights AS (
        SELECT f.place, ln(1 + (s.texts - f.found + 0.5::float8) / (f.found + 0.5::float8)) AS idf
        FROM stats s CROSS JOIN (
          SELECT w.place, count(h.text)::float8 AS found
          FROM wanted w LEFT JOIN hits h ON h.place = w.place GROUP BY w.place) f
      ), scores AS (
        SELECT h.text, sum(
          w.idf * h.count / (h.count + ?::float8 * (1 - ?::float8 + ?::float8 * h.length / s.mean))
          ORDER BY h.place) AS score
        FROM hits h JOIN weights w ON w.place = h.place CROSS JOIN stats s GROUP BY h.text
      ), highest AS (
        SELECT sum(w.idf ORDER BY w.place) AS score FROM weights w
      )
      """;

  private static final String MEMORIES =
      """
      , stats AS (
        SELECT count(*)::float8 AS texts, sum(m.length)::float8 / count(*) AS mean
        FROM {schema}.memories m WHERE m.tenant = ? AND NOT m.pruned
      ), hits AS (
        SELECT t.memory AS text, w.place, t.count::float8 AS count, m.length::float8 AS length
        FROM wanted w
        JOIN {schema}.terms t ON t.tenant = ? AND t.term = w.term
        JOIN {schema}.memories m ON m.seq = t.memory
      )\
      """;

  /** Lengths and hits are grouped together: a join of them would be planned without statistics. */
  private static final String SESSIONS =
      """
      , counted AS (
        SELECT m.session, NULL::bigint AS place, 0 AS count, m.length
        FROM {schema}.memories m WHERE m.tenant = ? AND m.line
        UNION ALL
        SELECT m.session, w.place, t.count, 0
        FROM wanted w
        JOIN {schema}.terms t ON t.tenant = ? AND t.term = w.term
        JOIN {schema}.memories m ON m.seq = t.memory AND m.line
      ), grouped AS (
        SELECT c.session, c.place, sum(c.count)::float8 AS count, sum(c.length)::float8 AS length
        FROM counted c GROUP BY c.session, c.place
      ), lines AS (
        SELECT g.session AS text, g.place, g.count,
          sum(g.length) OVER (PARTITION BY g.session) AS length
        FROM grouped g
      ), stats AS (
        SELECT count(*)::float8 AS texts, sum(l.length) / count(*) AS mean
        FROM lines l WHERE l.place IS NULL
      ), hits AS (
        SELECT l.text, l.place, l.count, l.length FROM lines l WHERE l.place IS NOT NULL
      )\
      """;

  private final MemoryTables tables;

  TextShares(MemoryTables tables) {
    this.tables = tables;
  }

  private static List<String> wanted(String query) {
    return TextTerms.wanted(query).stream().map(ColumnText::key).distinct().toList();
  }

  /** Returns the memories that fit best, by their numbers. */
  Map<Long, Double> memories(
      Connection connection, String tenant, String query, SqlText condition, int limit)
      throws SQLException {
    SqlText sql =
        shares(MEMORIES, Bm25.MESSAGES, tenant, query)
            .append(
                tables.sql(
                    "SELECT f.seq, least(1, s.score / h.score) AS share FROM scores s CROSS JOIN highest h CROSS JOIN LATERAL (SELECT m.seq, m.id FROM {schema}.memories m WHERE m.seq = s.text AND m.tenant = ? AND "),
                tenant)
            .append(condition)
            // The offset keeps the planner from looking at all memories of the tenant for each hit.
            .append(" OFFSET 0) f ORDER BY s.score DESC, f.id LIMIT ?", limit);
    Map<Long, Double> shares = new LinkedHashMap<>();
    try (PreparedStatement statement = sql.prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        shares.put(rows.getLong(1), rows.getDouble(2));
      }
    }
    return shares;
  }

  /** Returns how some sessions fit, by their keys; those that lack the words are left out. */
  Map<String, Double> sessions(
      Connection connection, String tenant, String query, Collection<String> keys)
      throws SQLException {
    SqlText sql =
        shares(SESSIONS, Bm25.DOCUMENTS, tenant, query)
            .append(
                "SELECT s.text, least(1, s.score / h.score) FROM scores s CROSS JOIN highest h WHERE s.text = ANY(?)",
                keys);
    Map<String, Double> shares = new HashMap<>();
    try (PreparedStatement statement = sql.prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        shares.put(rows.getString(1), rows.getDouble(2));
      }
    }
    return shares;
  }

  private SqlText shares(String texts, Bm25 parameters, String tenant, String query) {
    return new SqlText(WANTED, wanted(query))
        .append(tables.sql(texts), tenant, tenant)
        .append(WEIGHTS, parameters.k1(), parameters.b(), parameters.b());
  }
}
