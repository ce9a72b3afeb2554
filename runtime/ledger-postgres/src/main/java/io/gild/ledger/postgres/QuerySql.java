package io.gild.ledger.postgres;

import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.CostDimension;
import io.gild.ledger.LedgerEntry.Kind;
import io.gild.ledger.LedgerQuery;
import io.gild.ledger.LedgerReport;
import io.gild.ledger.LedgerSums;
import io.gild.ledger.LedgerTally;
import io.gild.postgres.ColumnText;
import io.gild.postgres.SqlText;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers one query with sums that the server makes. For one thread. */
final class QuerySql {

  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final String KINDS =
      Arrays.stream(Kind.values())
          .map(kind -> "'" + kind.name().toLowerCase(Locale.ROOT) + "'")
          .collect(Collectors.joining(", ", "kind IN (", ")"));

  private final LedgerTables tables;
  private final LedgerQuery query;

  /** What sums are grouped by. */
  private record Key(List<String> values, int attempt, @Nullable LocalDateTime period) {}

  QuerySql(LedgerTables tables, LedgerQuery query) {
    this.tables = tables;
    this.query = query;
  }

  LedgerReport run(Connection connection) throws SQLException {
    Map<Key, Map<String, LedgerSums.Saved>> savings = savings(connection);
    List<LedgerReport.Row> rows = new ArrayList<>();
    SqlText sql = grouped(sums(), KINDS, "");
    try (PreparedStatement statement = sql.prepare(connection);
        ResultSet found = statement.executeQuery()) {
      while (found.next()) {
        if (found.getLong("entries") > 0) {
          Key key = key(found);
          rows.add(row(key, sums(found, savings.getOrDefault(key, Map.of()))));
        }
      }
    }
    return new LedgerReport(LedgerTally.sorted(rows), problems(connection));
  }

  private static String sums() {
    StringBuilder sql =
        new StringBuilder(
            """
            count(*) AS entries,
            sum(requests) FILTER (WHERE kind = 'usage') AS requests,
            sum(usd) FILTER (WHERE kind = 'usage') AS usd,
            sum(requests) FILTER (WHERE kind = 'usage' AND usd IS NULL) AS unpriced,
            sum(requests) FILTER (WHERE kind = 'waste') AS wasted,
            sum(usd) FILTER (WHERE kind = 'waste') AS wasted_usd,
            sum(usd) FILTER (WHERE kind = 'usage' AND shadow) AS shadow_usd,
            sum(requests) FILTER (WHERE kind = 'lost') AS lost\
            """);
    for (TokenKind kind : TokenKind.values()) {
      String column = LedgerTables.column(kind);
      sql.append(",\nsum(%s) FILTER (WHERE kind = 'usage') AS %s".formatted(column, column));
    }
    return sql.toString();
  }

  private Map<Key, Map<String, LedgerSums.Saved>> savings(Connection connection)
      throws SQLException {
    Map<Key, Map<String, LedgerSums.Saved>> savings = new HashMap<>();
    SqlText sql =
        grouped(
            "source, sum(requests) AS requests, sum(instead_usd) AS instead_usd, sum(usd) AS usd",
            "kind = 'saving' AND source IS NOT NULL",
            "source");
    try (PreparedStatement statement = sql.prepare(connection);
        ResultSet found = statement.executeQuery()) {
      while (found.next()) {
        savings
            .computeIfAbsent(key(found), absent -> new HashMap<>())
            .put(
                text(found.getString("source")),
                new LedgerSums.Saved(
                    number(found, "requests"), money(found, "instead_usd"), money(found, "usd")));
      }
    }
    return savings;
  }

  /** Selects sums by the key of the query, and by more. */
  private SqlText grouped(String sums, String kinds, String more) {
    List<String> groups = new ArrayList<>();
    SqlText sql = new SqlText("SELECT ");
    for (int i = 0; i < query.by().size(); i++) {
      sql.append(LedgerTables.column(query.by().get(i)) + " AS by_" + i + ", ");
      groups.add("by_" + i);
    }
    if (query.byAttempt()) {
      sql.append("attempt, ");
      groups.add("attempt");
    }
    if (query.period() != null) {
      sql.append("date_trunc('" + query.period().name().toLowerCase(Locale.ROOT) + "', ");
      sql.append(wall(query.zone())).append(") AS period, ");
      groups.add("period");
    }
    if (!more.isEmpty()) {
      groups.add(more);
    }
    sql.append(sums + tables.sql(" FROM {entries} WHERE ") + kinds).append(condition());
    return groups.isEmpty() ? sql : sql.append(" GROUP BY " + String.join(", ", groups));
  }

  /** Offsets are seconds, because PostgreSQL reads the sign of their names the other way round. */
  private static SqlText wall(ZoneId zone) {
    return zone.normalized() instanceof ZoneOffset offset
        ? new SqlText(
            "time AT TIME ZONE make_interval(secs => %d)".formatted(offset.getTotalSeconds()))
        : new SqlText("time AT TIME ZONE ?", zone.getId());
  }

  private SqlText condition() {
    SqlText sql = new SqlText("");
    Instant from = query.from();
    if (from != null) {
      bound(sql, ">=", from);
    }
    Instant to = query.to();
    if (to != null) {
      bound(sql, "<", to);
    }
    query
        .where()
        .forEach((dimension, values) ->
            sql.append(
                " AND (kind = 'lost' OR " + LedgerTables.column(dimension) + " = ANY(?))",
                escaped(values)));
    return sql;
  }

  /** The first condition is for the index. */
  private static void bound(SqlText sql, String operator, Instant bound) {
    Instant time = EntryRows.bounded(bound);
    sql.append(
        " AND time " + operator.charAt(0) + "= ? AND (time, nanos) " + operator + " (?, ?)",
        EntryRows.micros(time),
        EntryRows.micros(time),
        EntryRows.nanos(time));
  }

  private static List<String> escaped(Set<String> values) {
    return values.stream().map(ColumnText::escaped).toList();
  }

  private Key key(ResultSet row) throws SQLException {
    List<String> values = new ArrayList<>(query.by().size());
    for (int i = 0; i < query.by().size(); i++) {
      values.add(text(row.getString("by_" + i)));
    }
    return new Key(
        values,
        query.byAttempt() ? row.getInt("attempt") : -1,
        query.period() == null ? null : row.getObject("period", LocalDateTime.class));
  }

  private LedgerReport.Row row(Key key, LedgerSums sums) {
    Map<CostDimension, String> values = new EnumMap<>(CostDimension.class);
    for (int i = 0; i < key.values().size(); i++) {
      if (!key.values().get(i).isEmpty()) {
        values.put(query.by().get(i), key.values().get(i));
      }
    }
    return new LedgerReport.Row(values, key.attempt(), key.period(), sums);
  }

  private static LedgerSums sums(ResultSet row, Map<String, LedgerSums.Saved> savings)
      throws SQLException {
    Map<TokenKind, Long> tokens = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : TokenKind.values()) {
      tokens.put(kind, number(row, LedgerTables.column(kind).replace("\"", "")));
    }
    return new LedgerSums(
        number(row, "requests"),
        Usage.of(kind -> tokens.getOrDefault(kind, 0L)),
        money(row, "usd"),
        number(row, "unpriced"),
        number(row, "wasted"),
        money(row, "wasted_usd"),
        money(row, "shadow_usd"),
        savings,
        number(row, "lost"));
  }

  private static long number(ResultSet row, String column) throws SQLException {
    @Nullable BigDecimal sum = row.getBigDecimal(column);
    return sum == null ? 0 : sum.min(MOST).longValue();
  }

  private static BigDecimal money(ResultSet row, String column) throws SQLException {
    @Nullable BigDecimal sum = row.getBigDecimal(column);
    return sum == null ? BigDecimal.ZERO : sum;
  }

  private static String text(String form) {
    String text = ColumnText.text(form);
    return text == null ? form : text;
  }

  /** A later version of Gild may have added entries of other kinds. */
  private List<String> problems(Connection connection) throws SQLException {
    SqlText sql =
        new SqlText(tables.sql("SELECT count(*) FROM {entries} WHERE NOT ") + KINDS)
            .append(condition());
    try (PreparedStatement statement = sql.prepare(connection);
        ResultSet row = statement.executeQuery()) {
      long unknown = row.next() ? row.getLong(1) : 0;
      return unknown == 0
          ? List.of()
          : List.of(
              "%d entries of a later version of Gild are not counted: use that version"
                  .formatted(unknown));
    }
  }
}
