package io.gild.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CostForecastTests {

  private static final LocalDate TODAY = LocalDate.parse("2026-06-15");
  private static final LocalDateTime MIDNIGHT = TODAY.atStartOfDay();

  private static SortedMap<LocalDate, BigDecimal> days(int count, String usd) {
    SortedMap<LocalDate, BigDecimal> days = new TreeMap<>();
    for (int i = 1; i <= count; i++) {
      days.put(TODAY.minusDays(i), new BigDecimal(usd));
    }
    return days;
  }

  @Test
  void needsSevenWholeDays() {
    assertThat(CostForecast.of(new TreeMap<>(), MIDNIGHT)).isEmpty();
    assertThat(CostForecast.of(days(7, "1"), MIDNIGHT)).isEmpty();
    assertThat(CostForecast.of(days(8, "1"), MIDNIGHT)).isPresent();
    assertThat(CostForecast.wholeDays(days(8, "1"), TODAY)).isEqualTo(7);
  }

  @Test
  void continuesASteadyCostExactly() {
    CostForecast forecast = CostForecast.of(days(40, "2"), MIDNIGHT).orElseThrow();
    assertThat(forecast.spent()).isEqualByComparingTo("28");
    assertThat(forecast.expected()).isEqualByComparingTo("60");
    assertThat(forecast.low()).isEqualByComparingTo("60");
    assertThat(forecast.high()).isEqualByComparingTo("60");
    assertThat(forecast.byWeekday()).isTrue();
  }

  @Test
  void knowsWeekendsAndTheRestOfToday() {
    SortedMap<LocalDate, BigDecimal> days = new TreeMap<>();
    for (int i = 1; i <= 57; i++) {
      LocalDate day = TODAY.minusDays(i);
      if (day.getDayOfWeek().getValue() <= 5) {
        days.put(day, BigDecimal.TEN);
      }
    }
    days.put(TODAY, new BigDecimal("5"));
    CostForecast forecast = CostForecast.of(days, MIDNIGHT.plusHours(12)).orElseThrow();
    assertThat(forecast.spent()).isEqualByComparingTo("105");
    // Half of Monday the 15th, and eleven further working days.
    assertThat(forecast.expected()).isEqualByComparingTo("220");
  }

  @Test
  void holdsItsIntervalAboutNineTimesInTen() {
    Random random = new Random(7);
    int inside = 0;
    int simulations = 2_000;
    for (int run = 0; run < simulations; run++) {
      SortedMap<LocalDate, BigDecimal> days = new TreeMap<>();
      int history = 9 + random.nextInt(50);
      for (int i = -20; i <= history; i++) {
        LocalDate day = TODAY.minusDays(i);
        double level = history < 15 ? 100 : day.getDayOfWeek().getValue() > 5 ? 20 : 100;
        days.put(day, BigDecimal.valueOf(level + 20 * random.nextGaussian()));
      }
      CostForecast forecast = CostForecast.of(days.headMap(TODAY), MIDNIGHT).orElseThrow();
      BigDecimal real =
          days
              .subMap(TODAY.withDayOfMonth(1), TODAY.withDayOfMonth(1).plusMonths(1))
              .values()
              .stream()
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      if (real.compareTo(forecast.low()) >= 0 && real.compareTo(forecast.high()) <= 0) {
        inside++;
      }
    }
    assertThat((double) inside / simulations).isBetween(0.88, 0.92);
  }
}
