package io.gild.ledger;

import io.gild.config.Experimental;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a month will have cost at its end, in whole cents.
 *
 * <p>The method: what is spent so far, plus the mean of each remaining day. With {@value
 * #DAYS_FOR_WEEKDAYS} whole days or more, it is the mean of the same weekday, else of all days; the
 * newest {@value #MOST_DAYS} days count, and the first day of the ledger does not, since it may be
 * a part of a day. The interval is Student's prediction interval, with the variance of the days
 * around their means and that of the means themselves. It assumes that days differ independently of
 * each other: a change of the level, such as a new customer, is outside of it.
 *
 * @param spent what is spent so far
 * @param expected what is expected at the end of the month
 * @param low with a probability of 5 %, it is less; not below {@code spent}
 * @param high with a probability of 5 %, it is more
 * @param days how many whole days it rests on
 * @param byWeekday whether weekdays have means of their own
 */
@Experimental
public record CostForecast(
    BigDecimal spent,
    BigDecimal expected,
    BigDecimal low,
    BigDecimal high,
    int days,
    boolean byWeekday) {

  /** With fewer whole days, there is no forecast. */
  public static final int FEWEST_DAYS = 7;

  /** With fewer whole days, weekdays have no means of their own. */
  public static final int DAYS_FOR_WEEKDAYS = 14;

  /** Older days do not count. */
  public static final int MOST_DAYS = 56;

  private static final double Z_95 = 1.6448536269514722;

  /**
   * Makes a forecast to the end of the present month.
   *
   * @param daily cost by day; days without cost may be absent. Days after {@code now} are ignored.
   * @param now the present time, in the time zone of the days
   * @return the forecast; empty if there are fewer than {@value #FEWEST_DAYS} whole days
   */
  public static Optional<CostForecast> of(
      SortedMap<LocalDate, BigDecimal> daily, LocalDateTime now) {
    LocalDate today = now.toLocalDate();
    int days = wholeDays(daily, today);
    return days < FEWEST_DAYS
        ? Optional.empty()
        : Optional.of(new Days(new TreeMap<>(daily), today, days).forecast(now));
  }

  /**
   * Returns how many whole days a forecast rests on.
   *
   * @param daily cost by day
   * @param today the present day, which is not whole
   * @return zero or more
   */
  public static int wholeDays(SortedMap<LocalDate, BigDecimal> daily, LocalDate today) {
    if (daily.isEmpty()) {
      return 0;
    }
    long since = ChronoUnit.DAYS.between(daily.firstKey(), today) - 1;
    return (int) Math.max(0, Math.min(MOST_DAYS, since));
  }

  /** Means of days, and how days differ from them. */
  private static final class Days {

    private final SortedMap<LocalDate, BigDecimal> daily;
    private final LocalDate today;
    private final int count;
    private final boolean byWeekday;
    private final Map<DayOfWeek, double[]> sums = new EnumMap<>(DayOfWeek.class);
    private final double variance;

    Days(SortedMap<LocalDate, BigDecimal> daily, LocalDate today, int count) {
      this.daily = daily;
      this.today = today;
      this.count = count;
      this.byWeekday = count >= DAYS_FOR_WEEKDAYS;
      for (int i = 1; i <= count; i++) {
        double[] sum = sums.computeIfAbsent(group(today.minusDays(i)), day -> new double[2]);
        sum[0] += cost(today.minusDays(i));
        sum[1]++;
      }
      double squares = 0;
      for (int i = 1; i <= count; i++) {
        double residual = cost(today.minusDays(i)) - mean(today.minusDays(i));
        squares += residual * residual;
      }
      this.variance = squares / freedom();
    }

    private int freedom() {
      return count - sums.size();
    }

    private DayOfWeek group(LocalDate day) {
      return byWeekday ? day.getDayOfWeek() : DayOfWeek.MONDAY;
    }

    private double cost(LocalDate day) {
      return daily.getOrDefault(day, BigDecimal.ZERO).doubleValue();
    }

    private double[] sum(LocalDate day) {
      return sums.getOrDefault(group(day), new double[] {0, 1});
    }

    private double mean(LocalDate day) {
      double[] sum = sum(day);
      return sum[0] / sum[1];
    }

    CostForecast forecast(LocalDateTime now) {
      LocalDate end = today.withDayOfMonth(1).plusMonths(1);
      double rest = 1 - (double) Duration.between(today.atStartOfDay(), now).toSeconds() / 86_400;
      double expected = 0;
      double ownVariance = 0;
      Map<DayOfWeek, Double> ahead = new EnumMap<>(DayOfWeek.class);
      for (LocalDate day = today; day.isBefore(end); day = day.plusDays(1)) {
        double share = day.equals(today) ? Math.max(0, rest) : 1;
        expected += share * mean(day);
        ownVariance += share * variance;
        ahead.merge(group(day), share, Double::sum);
      }
      double ofMeans = 0;
      for (Map.Entry<DayOfWeek, Double> each : ahead.entrySet()) {
        double[] sum = sums.getOrDefault(each.getKey(), new double[] {0, 1});
        ofMeans += each.getValue() * each.getValue() * variance / sum[1];
      }
      return result(expected, quantile(freedom()) * Math.sqrt(ownVariance + ofMeans));
    }

    private CostForecast result(double more, double margin) {
      BigDecimal spent = BigDecimal.ZERO;
      for (BigDecimal cost : daily.subMap(today.withDayOfMonth(1), today.plusDays(1)).values()) {
        spent = spent.add(cost);
      }
      return new CostForecast(
          cents(spent),
          cents(spent.add(BigDecimal.valueOf(more))),
          cents(spent.add(BigDecimal.valueOf(Math.max(0, more - margin)))),
          cents(spent.add(BigDecimal.valueOf(more + margin))),
          count,
          byWeekday);
    }

    private static BigDecimal cents(BigDecimal usd) {
      return usd.setScale(2, RoundingMode.HALF_UP);
    }

    /** Returns the 95 % quantile of Student's distribution, by its expansion in 1/freedom. */
    private static double quantile(int freedom) {
      double cube = Z_95 * Z_95 * Z_95;
      double fifth = cube * Z_95 * Z_95;
      return Z_95
          + (cube + Z_95) / (4 * freedom)
          + (5 * fifth + 16 * cube + 3 * Z_95) / (96.0 * freedom * freedom);
    }
  }
}
