package io.gild.memory.postgres;

import io.gild.config.Json;
import io.gild.postgres.ColumnText;
import io.gild.postgres.SqlText;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.MetadataFilter.All;
import io.gild.vectors.MetadataFilter.Any;
import io.gild.vectors.MetadataFilter.Between;
import io.gild.vectors.MetadataFilter.Not;
import io.gild.vectors.MetadataFilter.OneOf;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on metadata as SQL on the column {@code m.facts}, with the same meaning: {@code jsonb}
 * compares numbers by value, and a missing key makes every condition false rather than unknown.
 */
final class FilterSql {

  private FilterSql() {}

  /** Returns the value of the column. */
  static String facts(Map<String, Object> metadata) {
    Map<String, Object> escaped = new LinkedHashMap<>();
    metadata.forEach((key, value) ->
        escaped.put(
            ColumnText.escaped(key),
            value instanceof String text ? ColumnText.escaped(text) : value));
    return Json.write(escaped);
  }

  static SqlText of(MetadataFilter filter) {
    if (filter instanceof OneOf oneOf) {
      return oneOf(oneOf);
    } else if (filter instanceof Between between) {
      return between(between);
    } else if (filter instanceof All all) {
      return joined(all.filters(), " AND ", "TRUE");
    } else if (filter instanceof Any any) {
      return joined(any.filters(), " OR ", "FALSE");
    }
    return new SqlText("NOT ").append(of(((Not) filter).filter()));
  }

  private static SqlText joined(List<MetadataFilter> filters, String operator, String none) {
    SqlText sql = new SqlText("(");
    for (int i = 0; i < filters.size(); i++) {
      sql.append(i == 0 ? "" : operator).append(of(filters.get(i)));
    }
    return sql.append(filters.isEmpty() ? none : "").append(")");
  }

  private static SqlText oneOf(OneOf filter) {
    List<String> values = new ArrayList<>();
    for (Object value : filter.values()) {
      if (value instanceof String text) {
        values.add(Json.write(ColumnText.escaped(text)));
      } else if (value instanceof Boolean || value instanceof BigDecimal) {
        values.add(Json.write(value));
      } // metadata have no other values
    }
    return new SqlText(
        "COALESCE(m.facts -> ?::text = ANY(?::text[]::jsonb[]), FALSE)",
        ColumnText.escaped(filter.key()),
        values);
  }

  private static SqlText between(Between filter) {
    String key = ColumnText.escaped(filter.key());
    SqlText sql =
        new SqlText("(CASE WHEN jsonb_typeof(m.facts -> ?::text) = 'number' THEN TRUE", key);
    bound(sql, key, ">=", filter.lowest());
    bound(sql, key, "<=", filter.highest());
    return sql.append(" ELSE FALSE END)");
  }

  private static void bound(SqlText sql, String key, String operator, @Nullable BigDecimal bound) {
    if (bound != null) {
      sql.append(
          " AND (m.facts ->> ?::text)::numeric " + operator + " ?::numeric", key, bound.toString());
    }
  }
}
