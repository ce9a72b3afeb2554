package io.gild.ledger;

import io.gild.config.Experimental;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The steps of a trend. */
@Experimental
public enum LedgerPeriod {
  /** Hours of the clock on the wall. */
  HOUR,
  /** Days. */
  DAY,
  /** Months. */
  MONTH;

  /**
   * Returns the period that a time is in.
   *
   * @param time the time
   * @param zone the time zone whose days begin at midnight
   * @return its beginning, by the clock on the wall
   */
  public LocalDateTime of(Instant time, ZoneId zone) {
    LocalDateTime wall = LocalDateTime.ofInstant(time, zone);
    return switch (this) {
      case HOUR -> wall.truncatedTo(ChronoUnit.HOURS);
      case DAY -> wall.truncatedTo(ChronoUnit.DAYS);
      case MONTH -> wall.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
    };
  }
}
