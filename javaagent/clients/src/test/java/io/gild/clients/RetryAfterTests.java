package io.gild.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTests {

  private static final Instant NOW = Instant.parse("2026-11-06T08:49:30Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7|7000",
        "0|0",
        " 7 |7000",
        "1.5|1500",
        "0.25|250",
        "2.|2000",
        "3, 3|3000",
        "-5|0",
        "soon|0",
        "''|0",
        "NaN|0",
        "Infinity|0",
        "1e3|0",
        "99999999999999999999|31536000000",
        "Fri, 06 Nov 2026 08:49:37 GMT|7000",
        "fri, 6 nov 2026 08:49:37 gmt|7000",
        "Sun, 06 Nov 2026 08:49:37 GMT|7000",
        "Fri, 06 Nov 2026 09:49:37 +0100|7000",
        "Friday, 06-Nov-26 08:49:37 GMT|7000",
        "Fri Nov  6 08:49:37 2026|7000",
        "Fri Nov 6 08:49:37 2026|7000",
        "Sunday, 06-Nov-94 08:49:37 GMT|0",
        "Fri, 06 Nov 2026 08:49:23 GMT|0",
        "Fri, 06 Nov 9999 08:49:37 GMT|31536000000",
        "Fri, 31 Feb 2026 08:49:37 GMT|0",
        "Fri, 06 Anf 2026 08:49:37 GMT|0",
        "Fri, 06 Nov 2026|0"
      })
  void readsSecondsAndDatesOfEveryForm(String value, long millis) {
    assertThat(RetryAfter.millis(Map.of("Retry-After", value)::get, NOW)).isEqualTo(millis);
  }

  @Test
  void anUnreadableExactHeaderDoesNotHideTheOther() {
    for (String exact : new String[] {"soon", "", "NaN", "-1", "1s"}) {
      assertThat(
              RetryAfter.millis(
                  Map.of("retry-after-ms", exact, "Retry-After", "Friday, 06-Nov-26 08:49:37 GMT")
                      ::get,
                  NOW))
          .as(exact)
          .isEqualTo(7_000);
    }
    assertThat(RetryAfter.millis(Map.of("retry-after-ms", "12.9", "Retry-After", "7")::get, NOW))
        .isEqualTo(12);
  }

  @Test
  void oneHeaderThatCannotBeReadDoesNotHideTheOther() {
    assertThat(
            RetryAfter.millis(
                name -> {
                  if (name.equals("retry-after-ms")) {
                    throw new IllegalStateException(name);
                  }
                  return "7";
                },
                NOW))
        .isEqualTo(7_000);
    assertThat(RetryAfter.millis(name -> null, NOW)).isZero();
  }
}
