package io.gild.cost;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import io.gild.core.CostDimension;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Money that may be spent per period.
 *
 * @param limit amount in USD; above zero
 * @param period after how long the amount is available again: {@code run} (each outermost call has
 *     the amount), {@code hour}, {@code day} or {@code month} of the time zone, or a duration,
 *     whose periods follow each other from the epoch
 * @param zone time zone of hours, days and months, such as {@code Europe/Berlin}; {@code null}
 *     means UTC
 * @param per the {@linkplain CostDimension dimensions} of which each value has the full amount,
 *     such as {@code tenant}; empty if all callers share it, for which none is another word
 * @param where which calls are charged, by dimensions and patterns with {@code *}; empty means only
 *     those of methods that name the budget
 * @param soft shares of the limit that are reported when they are reached, above 0 and below 1;
 *     empty means 0.8 and 0.9
 * @param onSoft what happens to calls from the first of these shares on; {@code null} means that
 *     nothing happens beyond the report
 * @param tier the tier that calls are sent to then; {@code null} means the first one that is
 *     available
 * @param onHard what happens to calls when the amount is spent; {@code null} means that they are
 *     refused
 * @param onUnpriced what happens to calls of a model without a known price; {@code null} means that
 *     they are reported and charged with nothing
 */
@Experimental
public record Budget(
    BigDecimal limit,
    String period,
    @Nullable String zone,
    List<String> per,
    Map<String, String> where,
    List<Double> soft,
    @Nullable OnSoft onSoft,
    @Nullable String tier,
    @Nullable OnHard onHard,
    @Nullable OnUnpriced onUnpriced) {

  /** The section {@code budgets}: budgets by name. */
  public static final Section<Map<String, Budget>> SECTION =
      Section.mapOf("budgets", Budget.class)
          .optional(Budget.class, "zone", "on-soft", "tier", "on-hard", "on-unpriced");

  private static final String NONE = "none";
  private static final List<Double> USUAL = List.of(0.8, 0.9);

  /** What happens to calls when a part of the amount is spent. */
  public enum OnSoft {
    /** It is reported. */
    ALERT,
    /** It is reported, and calls are sent to a cheaper tier. */
    DEGRADE
  }

  /** What happens to calls when the amount is spent. */
  public enum OnHard {
    /** They are refused. */
    REFUSE,
    /** They are made, and it is reported. */
    OBSERVE
  }

  /** What happens to calls of a model without a known price. */
  public enum OnUnpriced {
    /** They are made, reported in the log, and charged with nothing. */
    REPORT,
    /** They are refused. */
    REFUSE
  }

  /** Checks the values and copies the collections. */
  public Budget {
    if (limit.signum() <= 0) {
      throw new IllegalArgumentException(
          "limit must be above zero, but is " + limit.toPlainString());
    }
    BudgetPeriod.of(period);
    if (zone != null) {
      checkZone(zone);
    }
    per = per.equals(List.of(NONE)) ? List.of() : List.copyOf(per);
    per.forEach(each -> Dimensions.of("per", each));
    where.keySet().forEach(each -> Dimensions.of("where", each));
    where = Map.copyOf(where);
    soft = soft.isEmpty() ? USUAL : soft.stream().sorted().distinct().toList();
    soft.forEach(each -> Require.between(0.01, 0.99, each, "soft"));
  }

  /**
   * Describes a budget of methods that name it, which refuses calls when it is spent.
   *
   * @param limit amount in USD; above zero
   * @param period {@code run}, {@code hour}, {@code day}, {@code month} or a duration
   * @param per the dimensions of which each value has the full amount
   */
  public Budget(BigDecimal limit, String period, CostDimension... per) {
    this(
        limit,
        period,
        null,
        Arrays.stream(per).map(CostDimension::key).toList(),
        Map.of(),
        List.of(),
        null,
        null,
        null,
        null);
  }

  private static void checkZone(String zone) {
    try {
      ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "zone must be a time zone such as UTC or Europe/Berlin, but is \"" + zone + "\"",
          unknown);
    }
  }

  /** Returns the dimensions of which each value has the full amount. */
  List<CostDimension> holders() {
    return Dimensions.of(per);
  }

  /** Returns the patterns of the calls that are charged. */
  Map<CostDimension, String> patterns() {
    return Dimensions.patterns(where);
  }

  /** Returns the time zone of hours, days and months. */
  ZoneId timeZone() {
    return zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
  }

  /** Returns whether calls are refused when the amount is spent. */
  boolean refuses() {
    return onHard != OnHard.OBSERVE;
  }

  /** Returns whether calls are sent to a cheaper tier when a part of the amount is spent. */
  boolean degrades() {
    return onSoft == OnSoft.DEGRADE;
  }
}
