package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultsTests {

  @Test
  void dependOnSeedAndSequenceOnly() {
    assertThat(drawn(Faults.rate(0.3), 7, 1000)).isEqualTo(drawn(Faults.rate(0.3), 7, 1000));
    assertThat(drawn(Faults.rate(0.3), 7, 1000)).isNotEqualTo(drawn(Faults.rate(0.3), 8, 1000));
  }

  @Test
  void occurAtTheGivenRateAndMix() {
    List<Fault> faults = drawn(Faults.rate(0.2).weighing(Fault.STALL, 10), 3, 100_000);

    long failed = faults.stream().filter(fault -> fault != Fault.OK).count();
    long stalled = faults.stream().filter(fault -> fault == Fault.STALL).count();

    assertThat(failed / 100_000.0).isCloseTo(0.2, within(0.01));
    assertThat(stalled / (double) failed).isCloseTo(0.5, within(0.02));
  }

  @Test
  void neverOccurWithAWeightOfZero() {
    assertThat(drawn(Faults.rate(1).weighing(Fault.RESET, 0), 1, 10_000))
        .doesNotContain(Fault.RESET, Fault.OK);
  }

  @Test
  void followAScriptAndThenEnd() {
    assertThat(drawn(Faults.script(Fault.OK, Fault.STATUS_429), 1, 4))
        .containsExactly(Fault.OK, Fault.STATUS_429, Fault.OK, Fault.OK);
  }

  @Test
  void failEveryRequestOfAnOutage() {
    assertThat(drawn(Faults.none().outage(2, 3), 1, 4))
        .containsExactly(Fault.OK, Fault.OUTAGE, Fault.OUTAGE, Fault.OK);
  }

  @Test
  void rejectImpossibleRatesWeightsAndOutages() {
    assertThatIllegalArgumentException().isThrownBy(() -> Faults.rate(1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> Faults.rate(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Faults.rate(0.1).weighing(Fault.OK, 1))
        .withMessageContaining("OK");
    assertThatIllegalArgumentException().isThrownBy(() -> Faults.none().outage(5, 4));
  }

  private static List<Fault> drawn(Faults faults, long seed, int requests) {
    return LongStream.rangeClosed(1, requests).mapToObj(n -> faults.of(seed, n)).toList();
  }
}
