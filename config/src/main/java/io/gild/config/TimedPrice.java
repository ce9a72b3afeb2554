package io.gild.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs from a day on, or in some hours, in USD per million tokens.
 *
 * @param from the first day; {@code null} if it was always so
 * @param hours such as {@code 16:30-00:30}, without its end; the end may be on the next day; {@code
 *     null} means all hours
 * @param days days on which the hours begin, such as {@code sat}; empty means all days
 * @param zone time zone of the days and hours; {@code null} means UTC
 * @param input price of tokens sent; zero or more
 * @param output price of tokens received; zero or more
 * @param cachedInput as {@link Price#cachedInput}
 * @param cacheWrite as {@link Price#cacheWrite}
 * @param cacheWriteHour as {@link Price#cacheWriteHour}
 * @param inputAudio as {@link Price#inputAudio}
 * @param outputAudio as {@link Price#outputAudio}
 * @param above the prices of long requests, as {@link Price#above}
 */
@Experimental
public record TimedPrice(
    @Nullable LocalDate from,
    @Nullable String hours,
    List<String> days,
    @Nullable String zone,
    BigDecimal input,
    BigDecimal output,
    @Nullable BigDecimal cachedInput,
    @Nullable BigDecimal cacheWrite,
    @Nullable BigDecimal cacheWriteHour,
    @Nullable BigDecimal inputAudio,
    @Nullable BigDecimal outputAudio,
    List<PriceTier> above) {

  private static final int LETTERS_OF_A_DAY = 3;

  /** Checks the values. */
  public TimedPrice {
    days = List.copyOf(days);
    above = List.copyOf(above);
    Price.check(input, output, cachedInput, cacheWrite, cacheWriteHour, inputAudio, outputAudio);
    if (from == null && hours == null && days.isEmpty()) {
      throw new IllegalArgumentException(
          "from is missing; a timed price needs from, hours or days");
    }
    checkTimes(hours, days, zone);
  }

  private static void checkTimes(@Nullable String hours, List<String> days, @Nullable String zone) {
    if (hours != null && begin(hours).equals(end(hours))) {
      throw wrong("hours must have a begin and another end, such as 16:30-00:30", hours);
    }
    for (String each : days) {
      day(each);
    }
    if (zone != null) {
      zone(zone);
    }
  }

  /**
   * Returns whether the price is that of a moment.
   *
   * @param time the moment
   * @return whether it is within the days and hours
   */
  public boolean applies(Instant time) {
    ZonedDateTime local = time.atZone(zone(zone));
    if (from != null && local.toLocalDate().isBefore(from)) {
      return false;
    }
    LocalDate day = local.toLocalDate();
    if (hours != null) {
      LocalTime now = local.toLocalTime();
      LocalTime begin = begin(hours);
      LocalTime end = end(hours);
      boolean overnight = end.isBefore(begin);
      boolean isLate = !now.isBefore(begin);
      boolean isEarly = now.isBefore(end);
      if (overnight ? !isLate && !isEarly : !isLate || !isEarly) {
        return false;
      }
      day = overnight && !isLate ? day.minusDays(1) : day;
    }
    return isOn(day.getDayOfWeek());
  }

  private boolean isOn(DayOfWeek today) {
    return days.isEmpty() || days.stream().anyMatch(each -> day(each) == today);
  }

  Price price() {
    return new Price(
            input, output, cachedInput, cacheWrite, cacheWriteHour, inputAudio, outputAudio)
        .withAbove(above);
  }

  private static LocalTime begin(String hours) {
    return time(hours, 0);
  }

  private static LocalTime end(String hours) {
    return time(hours, 1);
  }

  private static LocalTime time(String hours, int part) {
    String[] parts = hours.split("-", -1);
    try {
      if (parts.length == 2) {
        return LocalTime.parse(parts[part].strip());
      }
    } catch (DateTimeException notATime) {
      // reported below
    }
    throw wrong("hours must be such as 16:30-00:30", hours);
  }

  private static DayOfWeek day(String name) {
    for (DayOfWeek each : DayOfWeek.values()) {
      if (each.name().substring(0, LETTERS_OF_A_DAY).equals(name.toUpperCase(Locale.ROOT))) {
        return each;
      }
    }
    throw wrong("days must be some of mon, tue, wed, thu, fri, sat, sun", name);
  }

  private static ZoneId zone(@Nullable String zone) {
    try {
      return ZoneId.of(zone == null ? "UTC" : zone);
    } catch (DateTimeException unknown) {
      throw wrong("zone must be a time zone such as UTC or Asia/Shanghai", zone);
    }
  }

  private static IllegalArgumentException wrong(String expected, @Nullable String found) {
    return new IllegalArgumentException(expected + ", but has " + found);
  }
}
