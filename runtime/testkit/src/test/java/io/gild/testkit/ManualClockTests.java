package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ManualClockTests {

  private final ManualClock clock = ManualClock.create();

  @Test
  void standsStillUntilAdvanced() {
    assertThat(clock.instant()).isEqualTo(clock.instant());
    assertThat(clock.nanoTime()).isZero();
  }

  @Test
  void movesWallTimeAndNanoTimeTogether() {
    Instant before = clock.instant();

    clock.advance(Duration.ofSeconds(90));

    assertThat(clock.instant()).isEqualTo(before.plusSeconds(90));
    assertThat(clock.nanoTime()).isEqualTo(Duration.ofSeconds(90).toNanos());
  }

  @Test
  void advancesInAllItsZones() {
    ManualClock vienna = clock.withZone(ZoneId.of("Europe/Vienna"));

    clock.advance(Duration.ofHours(1));

    assertThat(vienna.instant()).isEqualTo(clock.instant());
    assertThat(vienna.getZone()).isEqualTo(ZoneId.of("Europe/Vienna"));
  }

  @Test
  void neverGoesBack() {
    assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofNanos(-1)));
  }
}
