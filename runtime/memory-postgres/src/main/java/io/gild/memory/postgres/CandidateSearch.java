package io.gild.memory.postgres;

import io.gild.memory.Memory;
import io.gild.memory.MemoryCandidate;
import io.gild.memory.MemoryCandidate.Neighbour;
import io.gild.memory.MemorySearch;
import io.gild.memory.RecallScorer;
import io.gild.memory.SearchScores;
import io.gild.postgres.SqlText;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One search for candidates, in a transaction that reads one snapshot. For one thread. */
final class CandidateSearch {

  private static final String LINES =
      """
      SELECT c.seq,
        ARRAY(
          SELECT m.seq FROM {schema}.memories m
          WHERE m.tenant = c.tenant AND m.session = c.session AND m.line
            AND (m.created_seconds, m.created_nanos, m.seq)
              < (c.created_seconds, c.created_nanos, CASE WHEN c.line THEN c.seq ELSE 9223372036854775807 END)
          ORDER BY m.created_seconds DESC, m.created_nanos DESC, m.seq DESC LIMIT ?) AS before,
        ARRAY(
          SELECT m.seq FROM {schema}.memories m
          WHERE m.tenant = c.tenant AND m.session = c.session AND m.line
            AND (m.created_seconds, m.created_nanos, m.seq)
              > (c.created_seconds, c.created_nanos, CASE WHEN c.line THEN c.seq ELSE 9223372036854775807 END)
          ORDER BY m.created_seconds, m.created_nanos, m.seq LIMIT ?) AS after
      FROM {schema}.memories c
      WHERE c.tenant = ? AND c.seq = ANY(?) AND c.session <> ''
      """;

  private final Connection connection;
  private final MemoryTables tables;
  private final VectorSearch vectors;
  private final String tenant;
  private final MemorySearch search;
  private final SqlText condition;
  private final Map<Long, Row> rows = new HashMap<>();
  private final Map<Long, Line> lines = new HashMap<>();
  private Map<Long, Double> words = Map.of();
  private Map<String, Double> sessions = Map.of();

  /** What is read of a memory. */
  private record Row(Memory memory, String session, double similarity, boolean accepted) {}

  /** The rows next to one in its session, the nearest first. */
  private record Line(List<Long> before, List<Long> after) {
    static final Line NONE = new Line(List.of(), List.of());
  }

  CandidateSearch(
      Connection connection,
      MemoryTables tables,
      VectorSearch vectors,
      String tenant,
      MemorySearch search) {
    this.connection = connection;
    this.tables = tables;
    this.vectors = vectors;
    this.tenant = tenant;
    this.search = search;
    this.condition = FilterSql.of(search.condition());
  }

  List<MemoryCandidate> run() throws SQLException {
    TextShares shares = new TextShares(tables);
    words = shares.memories(connection, tenant, search.text(), condition, search.candidates());
    Set<Long> found = new LinkedHashSet<>(words.keySet());
    if (search.vector().length > 0) {
      found.addAll(
          vectors.nearest(connection, tenant, search.vector(), condition, search.candidates()));
    }
    readLines(found);
    found.addAll(seenBeside(found));
    readLines(found);
    seenBeside(found);
    Set<String> keys = new LinkedHashSet<>();
    rows.values().forEach(row -> keys.add(row.session()));
    keys.remove("");
    if (!keys.isEmpty()) {
      sessions = shares.sessions(connection, tenant, search.text(), keys);
    }
    return candidates(found);
  }

  /** Reads the rows of memories and of those beside them; returns those that may be seen. */
  private List<Long> seenBeside(Collection<Long> found) throws SQLException {
    Set<Long> all = new LinkedHashSet<>(found);
    for (Long seq : found) {
      Line line = line(seq);
      all.addAll(line.before());
      all.addAll(line.after());
    }
    readRows(all);
    return all.stream().filter(this::isSeen).toList();
  }

  private boolean isSeen(Long seq) {
    Row row = rows.get(seq);
    return row != null && row.accepted();
  }

  private Line line(Long seq) {
    return lines.getOrDefault(seq, Line.NONE);
  }

  private void readLines(Collection<Long> wanted) throws SQLException {
    List<Long> missing = wanted.stream().filter(seq -> !lines.containsKey(seq)).toList();
    if (missing.isEmpty()) {
      return;
    }
    SqlText sql =
        new SqlText(tables.sql(LINES), RecallScorer.REACH, RecallScorer.REACH, tenant, missing);
    try (PreparedStatement query = sql.prepare(connection);
        ResultSet found = query.executeQuery()) {
      while (found.next()) {
        lines.put(
            found.getLong("seq"),
            new Line(numbers(found.getArray("before")), numbers(found.getArray("after"))));
      }
    }
  }

  private static List<Long> numbers(Array array) throws SQLException {
    return List.of((Long[]) array.getArray());
  }

  private void readRows(Collection<Long> wanted) throws SQLException {
    List<Long> missing = wanted.stream().filter(seq -> !rows.containsKey(seq)).toList();
    if (missing.isEmpty()) {
      return;
    }
    SqlText sql =
        new SqlText("SELECT m.seq, m.session, m.body, m.uses, m.used_seconds, m.used_nanos, ")
            .append(condition)
            .append(" AS accepted, ")
            .append(vectors.column(search.vector()))
            .append(
                tables.sql(
                    " AS similarity FROM {schema}.memories m WHERE m.tenant = ? AND m.seq = ANY(?)"),
                tenant,
                missing);
    try (PreparedStatement query = sql.prepare(connection);
        ResultSet found = query.executeQuery()) {
      while (found.next()) {
        rows.put(
            found.getLong("seq"),
            new Row(
                StoredMemory.memory(found),
                found.getString("session"),
                vectors.similarity(found, "similarity", search.vector()),
                found.getBoolean("accepted")));
      }
    }
  }

  private List<MemoryCandidate> candidates(Set<Long> found) {
    List<MemoryCandidate> candidates = new ArrayList<>(found.size());
    for (Long seq : found) {
      @Nullable Row row = rows.get(seq);
      if (row != null) {
        Line line = line(seq);
        candidates.add(
            new MemoryCandidate(
                row.memory(),
                scores(seq, row),
                neighbours(line.before()),
                neighbours(line.after())));
      }
    }
    return candidates;
  }

  private List<Neighbour> neighbours(List<Long> beside) {
    List<Neighbour> seen = new ArrayList<>();
    for (Long seq : beside) {
      Row row = rows.get(seq);
      if (row != null && row.accepted()) {
        seen.add(new Neighbour(row.memory(), scores(seq, row)));
      }
    }
    return seen;
  }

  private SearchScores scores(Long seq, Row row) {
    return new SearchScores(
        words.getOrDefault(seq, 0.0), row.similarity(), sessions.getOrDefault(row.session(), 0.0));
  }
}
