package io.gild.dashboards;

import io.gild.core.spi.MeterSpec;
import io.gild.core.spi.MeterSpec.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A meter in PromQL; it knows its labels, so that no query can name one that it does not have. */
final class Metric {

  /** The range that suits the step of a panel. */
  static final String RATE = "$__rate_interval";

  /** The range that a dashboard shows. */
  static final String RANGE = "$__range";

  private final MeterSpec spec;
  private final List<String> matchers;
  private final String offset;

  private Metric(MeterSpec spec, List<String> matchers, String offset) {
    this.spec = spec;
    this.matchers = matchers;
    this.offset = offset;
  }

  static Metric chosen(MeterSpec spec) {
    List<String> matchers = new ArrayList<>();
    matchers.add("job=~\"$job\"");
    matchers.add("instance=~\"$instance\"");
    if (spec.tags().contains("agent")) {
      matchers.add("agent=~\"$agent\"");
    }
    return new Metric(spec, matchers, "");
  }

  static Metric all(MeterSpec spec) {
    return new Metric(spec, List.of(), "");
  }

  /**
   * Returns the series with a label.
   *
   * @param tag key of the tag
   * @param matcher operator and value, such as {@code ="failure"}
   */
  Metric where(String tag, String matcher) {
    return matching(label(tag) + matcher);
  }

  /** Returns the series as they were some time ago, such as {@code 1h}. */
  Metric before(String time) {
    return new Metric(spec, matchers, " offset " + time);
  }

  private Metric matching(String matcher) {
    List<String> more = new ArrayList<>(matchers);
    more.add(matcher);
    return new Metric(spec, more, offset);
  }

  /** Returns the label of a tag. */
  String label(String tag) {
    if (!spec.tags().contains(tag)) {
      throw new IllegalArgumentException(
          spec.name() + " has no tag " + tag + ", only " + spec.tags());
    }
    return tag.replace('.', '_');
  }

  /** Returns the series themselves, of a gauge. */
  String now() {
    require(Type.GAUGE);
    return series("");
  }

  String rate() {
    return rate(RATE);
  }

  String rate(String range) {
    require(Type.COUNTER);
    return over("rate", "", range);
  }

  String increase(String range) {
    require(Type.COUNTER);
    return over("increase", "", range);
  }

  /** Returns the rate of the number of values of a timer or summary. */
  String counts(String range) {
    return histogram("_count", range);
  }

  /** Returns the rate of the sum of the values of a timer or summary. */
  String sums(String range) {
    return histogram("_sum", range);
  }

  /** Returns the rate of the buckets of a timer or summary. */
  String buckets(String range) {
    return histogram("_bucket", range);
  }

  /** Returns the increase of the buckets of a timer or summary. */
  String bucketIncrease(String range) {
    requireHistogram();
    return over("increase", "_bucket", range);
  }

  /** Returns the rate of the values up to a bound, which must be one of the buckets. */
  String upTo(double bound, String range) {
    if (!spec.buckets().contains(bound)) {
      throw new IllegalArgumentException(
          spec.name() + " has no bucket up to " + bound + ", only " + spec.buckets());
    }
    String whole =
        bound == Math.rint(bound)
            ? "=~\"%1$d|%1$d.0\"".formatted((long) bound)
            : "=\"" + bound + "\"";
    return matching("le" + whole).histogram("_bucket", range);
  }

  /** Returns a quantile of a timer or summary, by labels. */
  String quantile(double quantile, String... tags) {
    return "histogram_quantile("
        + quantile
        + ", sum by ("
        + labels("le", tags)
        + ") ("
        + buckets(RATE)
        + "))";
  }

  /** Returns a sum of an expression over this metric's series, by labels. */
  String sumBy(String expression, String... tags) {
    return tags.length == 0
        ? "sum(" + expression + ")"
        : "sum by (" + labels(null, tags) + ") (" + expression + ")";
  }

  private String labels(@Nullable String first, String... tags) {
    List<String> labels = new ArrayList<>();
    if (first != null) {
      labels.add(first);
    }
    for (String tag : tags) {
      labels.add(tag.equals("job") || tag.equals("instance") ? tag : label(tag));
    }
    return String.join(", ", labels);
  }

  private String histogram(String suffix, String range) {
    requireHistogram();
    return over("rate", suffix, range);
  }

  private String over(String function, String suffix, String range) {
    return function + "(" + series(suffix) + "[" + range + "]" + offset + ")";
  }

  private void requireHistogram() {
    if (spec.type() != Type.TIMER && spec.type() != Type.SUMMARY) {
      throw new IllegalArgumentException(spec.name() + " is a " + spec.type());
    }
  }

  private void require(Type type) {
    if (spec.type() != type) {
      throw new IllegalArgumentException(spec.name() + " is a " + spec.type() + ", not a " + type);
    }
  }

  private String series(String suffix) {
    String selector = matchers.isEmpty() ? "" : "{" + String.join(",", matchers) + "}";
    return spec.prometheusName() + suffix + selector;
  }
}
