package io.gild.observability;

import io.gild.config.Printable;
import io.gild.core.spi.MeterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Limits the number of time series: names come from code, providers and requests, and each new one
 * costs memory here and in every store. Further values of a tag share the value {@code other}.
 *
 * <p>The values of most tags are limited for each agent and method, so that no agent takes the room
 * of another one. Values are also made printable and are cut. Thread-safe.
 */
final class SeriesLimits {

  /** The value that stands for all further ones. */
  static final String OTHER = "other";

  /** The most types of failures of one method. */
  static final int MOST_ERRORS = 30;

  /** The most models of one method. */
  static final int MOST_MODELS = 100;

  private static final int MOST_OF_OTHER_TAGS = 100;

  /** Enough series for the meters of one more method. */
  private static final int ROOM_OF_A_METHOD = 100;

  private static final int LONGEST = 200;
  private static final char SEPARATOR = '\0';

  /** The most values of a tag, for each agent and method. */
  private static final Map<String, Integer> MOST =
      Map.of(
          "agent",
          1_000,
          "method",
          200,
          "version",
          50,
          "error.type",
          MOST_ERRORS,
          "finish_reason",
          20);

  /** Tags whose values depend on nothing that names come from. */
  private static final Set<String> FIXED = Set.of("result", "outcome", "kind", "state", "source");

  private final int mostSeries;
  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();
  private final Set<List<String>> series = ConcurrentHashMap.newKeySet();
  private final LongAdder folded = new LongAdder();

  /**
   * Creates limits.
   *
   * @param mostSeries the most series of all meters together; one or more
   */
  SeriesLimits(int mostSeries) {
    this.mostSeries = mostSeries;
  }

  /** Returns how often a value was replaced, or a series was put together with others. */
  long folded() {
    return folded.sum();
  }

  /** Counts that something was put together with others. */
  void count() {
    folded.increment();
  }

  /** Returns whether there is room for all series of one more method. */
  boolean haveRoom() {
    return series.size() + ROOM_OF_A_METHOD <= mostSeries;
  }

  /** Returns how many different series there are; each that was put together counts once. */
  int series() {
    return series.size();
  }

  /** Returns the values of the tags of a series within the limits, in the same order. */
  List<String> fold(MeterSpec spec, List<String> values) {
    List<String> kept = new ArrayList<>(values.size());
    StringBuilder around = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      String key = spec.tags().get(i);
      String value = FIXED.contains(key) ? values.get(i) : kept(key, around, values.get(i));
      kept.add(value);
      if (MeterSpec.OF_METHODS.contains(key) && !key.equals("version")) {
        around.append(SEPARATOR).append(value);
      }
    }
    return within(spec, kept);
  }

  private String kept(String key, CharSequence around, String given) {
    String value = clean(given);
    Set<String> values =
        known.computeIfAbsent(key + around, absent -> ConcurrentHashMap.newKeySet());
    if (values.contains(value) || value.isEmpty() || value.equals(OTHER)) {
      return value;
    }
    if (values.size() < MOST.getOrDefault(key, MOST_OF_OTHER_TAGS)) {
      values.add(value);
      return value;
    }
    folded.increment();
    return OTHER;
  }

  /** Returns a text of at most 200 characters in one line. */
  static String clean(String value) {
    String printable = Printable.of(value).replace('\r', ' ').replace('\n', ' ');
    if (printable.length() <= LONGEST) {
      return printable;
    }
    boolean splits = Character.isHighSurrogate(printable.charAt(LONGEST - 1));
    return printable.substring(0, splits ? LONGEST - 1 : LONGEST);
  }

  /** Makes room for another series. */
  void forget(String name, List<String> values) {
    List<String> id = new ArrayList<>(values);
    id.add(name);
    series.remove(id);
  }

  private List<String> within(MeterSpec spec, List<String> values) {
    List<String> id = new ArrayList<>(values);
    id.add(spec.name());
    if (series.contains(id)) {
      return values;
    }
    if (series.size() < mostSeries) {
      series.add(id);
      return values;
    }
    folded.increment();
    List<String> rest = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      rest.add(FIXED.contains(spec.tags().get(i)) ? values.get(i) : OTHER);
    }
    return rest;
  }
}
