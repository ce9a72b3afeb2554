package io.gild.vectors.lucene;

import io.gild.vectors.MetadataFilter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Conditions on metadata as queries of Lucene that match the same entries. */
final class MetadataQueries {

  private MetadataQueries() {}

  static Query of(MetadataFilter filter) {
    if (filter instanceof MetadataFilter.OneOf oneOf) {
      return oneOf(oneOf);
    }
    if (filter instanceof MetadataFilter.Between between) {
      return between(between.key(), between.lowest(), between.highest());
    }
    if (filter instanceof MetadataFilter.All all) {
      return combined(all.filters(), Occur.FILTER, new MatchAllDocsQuery());
    }
    if (filter instanceof MetadataFilter.Any any) {
      return combined(any.filters(), Occur.SHOULD, new MatchNoDocsQuery());
    }
    MetadataFilter negated = ((MetadataFilter.Not) filter).filter();
    return new BooleanQuery.Builder()
        .add(new MatchAllDocsQuery(), Occur.FILTER)
        .add(of(negated), Occur.MUST_NOT)
        .build();
  }

  private static Query combined(List<MetadataFilter> filters, Occur occur, Query ofNone) {
    if (filters.isEmpty()) {
      return ofNone;
    }
    return boolQuery(filters.stream().map(MetadataQueries::of).toList(), occur);
  }

  private static Query boolQuery(List<Query> queries, Occur occur) {
    BooleanQuery.Builder builder = new BooleanQuery.Builder();
    queries.forEach(query -> builder.add(query, occur));
    return builder.build();
  }

  private static Query oneOf(MetadataFilter.OneOf filter) {
    List<BytesRef> terms =
        filter.values().stream()
            .filter(MetadataQueries::canBeMetadata)
            .map(value -> MetadataTerms.term(filter.key(), value))
            .filter(term -> term.length <= MetadataTerms.MAX_LENGTH)
            .toList();
    return new TermInSetQuery(MetadataTerms.FIELD, terms);
  }

  private static boolean canBeMetadata(Object value) {
    return value instanceof String || value instanceof Boolean || value instanceof BigDecimal;
  }

  /**
   * Points are fast, but are doubles: they decide for all numbers but those that become the same
   * double as a bound, or the one beside it. Terms, of which there are few as near, decide for
   * these.
   */
  private static Query between(
      String key, @Nullable BigDecimal lowest, @Nullable BigDecimal highest) {
    double low = lowest == null ? Double.NEGATIVE_INFINITY : lowest.doubleValue();
    double high = highest == null ? Double.POSITIVE_INFINITY : highest.doubleValue();
    double inner = lowest == null ? low : DoublePoint.nextUp(low);
    double outer = highest == null ? high : DoublePoint.nextDown(high);
    boolean beyondDoubles = lowest != null && Double.isInfinite(inner);
    if (beyondDoubles || highest != null && Double.isInfinite(outer)) {
      return terms(key, lowest, highest);
    }
    List<Query> parts = new ArrayList<>();
    if (inner <= outer) {
      parts.add(DoublePoint.newRangeQuery(MetadataTerms.pointField(key), inner, outer));
    }
    if (lowest != null) {
      parts.add(terms(key, lowest, smaller(new BigDecimal(inner), highest)));
    }
    if (highest != null) {
      parts.add(terms(key, larger(new BigDecimal(outer), lowest), highest));
    }
    return boolQuery(parts, Occur.SHOULD);
  }

  private static Query terms(
      String key, @Nullable BigDecimal lowest, @Nullable BigDecimal highest) {
    return new TermRangeQuery(
        MetadataTerms.FIELD,
        lowest == null ? MetadataTerms.before(key) : term(key, lowest),
        highest == null ? MetadataTerms.after(key) : term(key, highest),
        true,
        true);
  }

  private static BytesRef term(String key, BigDecimal number) {
    return MetadataTerms.term(key, number.stripTrailingZeros());
  }

  private static BigDecimal smaller(BigDecimal number, @Nullable BigDecimal bound) {
    return bound == null ? number : number.min(bound);
  }

  private static BigDecimal larger(BigDecimal number, @Nullable BigDecimal bound) {
    return bound == null ? number : number.max(bound);
  }
}
