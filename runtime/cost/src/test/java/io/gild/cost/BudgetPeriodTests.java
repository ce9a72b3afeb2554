package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetPeriodTests {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "2026-03-29T00:30:00Z, 23", // clocks go forward
    "2026-10-25T00:30:00Z, 25", // clocks go back
    "2026-07-01T12:00:00Z, 24"
  })
  void daysHaveTheHoursThatTheZoneGivesThem(Instant now, int hours) {
    BudgetPeriod.Window day = new BudgetPeriod.Day().at(now, BERLIN);

    assertThat(Duration.between(day.start(), day.end())).hasHours(hours);
    assertThat(day.start().atZone(BERLIN).getHour()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-28T23:30:00Z, 2026-02-28T23:00:00Z, 2026-03-31T22:00:00Z", // already March there
    "2026-01-31T12:00:00Z, 2025-12-31T23:00:00Z, 2026-01-31T23:00:00Z",
    "2028-02-29T12:00:00Z, 2028-01-31T23:00:00Z, 2028-02-29T23:00:00Z"
  })
  void monthsEndWithTheirLastDay(Instant now, Instant start, Instant end) {
    assertThat(new BudgetPeriod.Month().at(now, BERLIN))
        .isEqualTo(new BudgetPeriod.Window(start, end));
  }

  @Test
  void keepsTheDaysOfDurationsInUtc() {
    assertThat(BudgetPeriod.of("1d").at(Instant.parse("2026-05-05T23:30:00Z"), BERLIN))
        .isEqualTo(
            new BudgetPeriod.Window(
                Instant.parse("2026-05-05T00:00:00Z"), Instant.parse("2026-05-06T00:00:00Z")));
  }

  /** In any zone and at any time, windows contain their instant, touch and never overlap. */
  @ParameterizedTest
  @ValueSource(strings = {"hour", "day", "month", "90m", "1d", "7d"})
  void windowsFollowEachOtherWithoutGapAndOverlap(String text) {
    BudgetPeriod period = BudgetPeriod.of(text);
    Random random = new Random(text.hashCode());
    for (String name : ZoneId.getAvailableZoneIds().stream().sorted().toList()) {
      ZoneId zone = ZoneId.of(name);
      for (int i = 0; i < 20; i++) {
        Instant now = Instant.ofEpochSecond(1_600_000_000L + random.nextInt(600_000_000));
        BudgetPeriod.Window window = period.at(now, zone);
        assertThat(window.start()).isBeforeOrEqualTo(now);
        assertThat(window.end()).isAfter(now);
        assertThat(period.at(window.start(), zone)).as(name).isEqualTo(window);
        assertThat(period.at(window.end().minusNanos(1), zone)).as(name).isEqualTo(window);
        assertThat(period.at(window.end(), zone).start()).as(name).isEqualTo(window.end());
      }
    }
  }
}
