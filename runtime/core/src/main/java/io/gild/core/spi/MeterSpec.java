package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.core.Counts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A meter as its module declares it; dashboards, alert rules and the documentation are made from
 * the declarations. Immutable.
 *
 * <pre>{@code
 * MeterSpec.gauge("gild.bulkhead.active", "Calls that hold a place").ofMethods();
 * MeterSpec.counter("gild.cost.saved", "US dollars saved").in("usd").ofMethods("source");
 * }</pre>
 *
 * @param name the name with dots
 * @param description what is measured, in one sentence
 * @param type the kind of meter
 * @param unit its base unit, such as {@code usd}; empty if it has none. Timers are in seconds
 * @param tags keys of its tags in order; each series has all of them
 * @param buckets upper bounds of the buckets, ascending, in seconds or the base unit; empty for
 *     none
 * @param combined how numbers that share a series are combined
 * @param counted the counted events behind it, each with the value of the tag {@code result}, which
 *     is empty if the meter has no such tag
 */
@Experimental
public record MeterSpec(
    String name,
    String description,
    Type type,
    String unit,
    List<String> tags,
    List<Double> buckets,
    Combined combined,
    Map<Counts.Event, String> counted) {

  /** The tags of the meters of one method: agent, method and version. */
  public static final List<String> OF_METHODS = List.of("agent", "method", "version");

  /** The kinds of meters. */
  public enum Type {
    /** A total that only grows. */
    COUNTER,
    /** A number of the moment. */
    GAUGE,
    /** Durations, in seconds. */
    TIMER,
    /** Amounts other than durations. */
    SUMMARY
  }

  /** The ways to combine numbers that share a series. */
  public enum Combined {
    /** Their sum. */
    SUM,
    /** The highest of them. */
    HIGHEST
  }

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+");
  private static final String RESULT = "result";

  /** Copies the lists, and checks the values. */
  public MeterSpec {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name of a meter must be words in lower case with dots between them, but is " + name);
    }
    tags = List.copyOf(tags);
    buckets = List.copyOf(buckets);
    counted = Map.copyOf(counted);
    if (!buckets.isEmpty() && type != Type.TIMER && type != Type.SUMMARY) {
      throw new IllegalArgumentException(name + " has buckets, but is a " + type);
    }
    if (!buckets.equals(buckets.stream().sorted().distinct().toList())) {
      throw new IllegalArgumentException("buckets of " + name + " must ascend, but are " + buckets);
    }
  }

  private static MeterSpec of(String name, String description, Type type) {
    return new MeterSpec(name, description, type, "", List.of(), List.of(), Combined.SUM, Map.of());
  }

  /**
   * Declares a counter.
   *
   * @param name the name with dots
   * @param description what is counted
   * @return a counter without tags
   */
  public static MeterSpec counter(String name, String description) {
    return of(name, description, Type.COUNTER);
  }

  /**
   * Declares a gauge.
   *
   * @param name the name with dots
   * @param description what is measured
   * @return a gauge without tags
   */
  public static MeterSpec gauge(String name, String description) {
    return of(name, description, Type.GAUGE);
  }

  /**
   * Declares a timer.
   *
   * @param name the name with dots
   * @param description what is timed
   * @param buckets upper bounds of its buckets in seconds, ascending
   * @return a timer without tags
   */
  public static MeterSpec timer(String name, String description, double... buckets) {
    return of(name, description, Type.TIMER).with(buckets);
  }

  /**
   * Declares a summary.
   *
   * @param name the name with dots
   * @param description what is measured
   * @param buckets upper bounds of its buckets, ascending
   * @return a summary without tags
   */
  public static MeterSpec summary(String name, String description, double... buckets) {
    return of(name, description, Type.SUMMARY).with(buckets);
  }

  private MeterSpec with(double... bounds) {
    List<Double> all = Arrays.stream(bounds).boxed().toList();
    return new MeterSpec(name, description, type, unit, tags, all, combined, counted);
  }

  /**
   * Returns the same meter with a base unit.
   *
   * @param baseUnit the unit
   * @return the meter
   */
  public MeterSpec in(String baseUnit) {
    return new MeterSpec(name, description, type, baseUnit, tags, buckets, combined, counted);
  }

  /**
   * Returns the same meter with more tags.
   *
   * @param keys their keys
   * @return the meter
   */
  public MeterSpec by(String... keys) {
    List<String> all = new ArrayList<>(tags);
    all.addAll(List.of(keys));
    return new MeterSpec(name, description, type, unit, all, buckets, combined, counted);
  }

  /**
   * Returns the same meter with the {@linkplain #OF_METHODS tags of methods} and more.
   *
   * @param more further keys
   * @return the meter
   */
  public MeterSpec ofMethods(String... more) {
    return by(OF_METHODS.toArray(String[]::new)).by(more);
  }

  /**
   * Returns the same gauge, of which the highest number counts where several share a series.
   *
   * @return the meter
   */
  public MeterSpec highest() {
    return new MeterSpec(name, description, type, unit, tags, buckets, Combined.HIGHEST, counted);
  }

  /**
   * Returns the same counter, read from the counts of each method: a call pays for the count alone.
   *
   * @param event what is counted
   * @return the meter, without a tag {@code result}
   */
  public MeterSpec counting(Counts.Event event) {
    return counting(event, "");
  }

  /**
   * Returns the same counter, read from the counts of each method as well.
   *
   * @param event what is counted
   * @param result the value of the tag {@code result} for it
   * @return the meter
   */
  public MeterSpec counting(Counts.Event event, String result) {
    Map<Counts.Event, String> all = new EnumMap<>(Counts.Event.class);
    all.putAll(counted);
    all.put(event, result);
    MeterSpec tagged = result.isEmpty() || tags.contains(RESULT) ? this : by(RESULT);
    return new MeterSpec(name, description, type, unit, tagged.tags(), buckets, combined, all);
  }

  /**
   * Returns the name in Prometheus, without the suffixes of a histogram.
   *
   * @return such as {@code gild_agent_cost_usd_total}
   */
  public String prometheusName() {
    String base = name.replace('.', '_').toLowerCase(Locale.ROOT);
    String suffix = type == Type.TIMER ? "seconds" : unit;
    String whole = suffix.isEmpty() || base.endsWith("_" + suffix) ? base : base + "_" + suffix;
    return type == Type.COUNTER ? whole + "_total" : whole;
  }
}
