package io.gild.cost;

import io.gild.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * After how long the money of a budget is available again.
 *
 * <p>Days and months are those of the time zone, so that a day has 23 or 25 hours when clocks
 * change. Hours always have sixty minutes and begin with those of the zone's standard time.
 */
sealed interface BudgetPeriod {

  /**
   * A window of a period.
   *
   * @param start inclusive
   * @param end exclusive
   */
  record Window(Instant start, Instant end) {}

  /** Returns the window that contains an instant. */
  Window at(Instant now, ZoneId zone);

  /** Each outermost call. */
  record Run() implements BudgetPeriod {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    @Override
    public Window at(Instant now, ZoneId zone) {
      return new Window(now, now.plus(LONGEST));
    }
  }

  /** Hours of the zone's standard time. */
  record Hour() implements BudgetPeriod {

    private static final long SECONDS = 3_600;

    @Override
    public Window at(Instant now, ZoneId zone) {
      long offset = zone.getRules().getStandardOffset(now).getTotalSeconds();
      long start = Math.floorDiv(now.getEpochSecond() + offset, SECONDS) * SECONDS - offset;
      return new Window(Instant.ofEpochSecond(start), Instant.ofEpochSecond(start + SECONDS));
    }
  }

  /** Days of the zone. */
  record Day() implements BudgetPeriod {
    @Override
    public Window at(Instant now, ZoneId zone) {
      LocalDate day = now.atZone(zone).toLocalDate();
      return between(day, day.plusDays(1), zone);
    }
  }

  /** Months of the zone. */
  record Month() implements BudgetPeriod {
    @Override
    public Window at(Instant now, ZoneId zone) {
      LocalDate first = now.atZone(zone).toLocalDate().withDayOfMonth(1);
      return between(first, first.plusMonths(1), zone);
    }
  }

  /** Periods of one length, which follow each other from the epoch. */
  record Fixed(Duration length) implements BudgetPeriod {
    @Override
    public Window at(Instant now, ZoneId zone) {
      long millis = Math.max(1, length.toMillis());
      long start = Math.floorDiv(now.toEpochMilli(), millis) * millis;
      return new Window(Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + millis));
    }
  }

  private static Window between(LocalDate first, LocalDate next, ZoneId zone) {
    return new Window(first.atStartOfDay(zone).toInstant(), next.atStartOfDay(zone).toInstant());
  }

  /**
   * Reads a period.
   *
   * @throws IllegalArgumentException if it is invalid; the message begins with {@code period}
   */
  static BudgetPeriod of(String text) {
    return switch (text) {
      case "run" -> new Run();
      case "hour" -> new Hour();
      case "day" -> new Day();
      case "month" -> new Month();
      default -> new Fixed(duration(text));
    };
  }

  private static Duration duration(String text) {
    Duration length;
    try {
      length = Durations.parse(text);
    } catch (IllegalArgumentException neither) {
      throw new IllegalArgumentException(
          "period must be run, hour, day, month or a duration such as \"12h\", but is \""
              + text
              + "\"",
          neither);
    }
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("period must be above zero, but is " + length);
    }
    return length;
  }
}
