package io.gild.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gild.anomalies.SimulatedAgent.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found in the calls of agents with known distributions, and what is not. */
class DetectionTests {

  private static final double HOUR = 3_600;
  private static final double WEEK = 7 * 24 * HOUR;

  @Test
  void staysQuietWhileNothingChanges() {
    int flags = 0;
    for (int seed = 0; seed < 20; seed++) {
      SimulatedAgent agent = new SimulatedAgent(seed, 0.1);
      agent.run(WEEK, Fault.NONE);
      flags += agent.raised.size();
    }

    assertThat(flags).as("flags in 20 weeks").isLessThanOrEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({
    "OUTAGE, FAILURES, 6",
    "SLOWER, LATENCY, 80",
    "DEARER, PRICE, 16",
    "MORE_TOKENS, TOKENS, 16",
    "REFUSALS, REFUSALS, 16",
    "TOOL_ERRORS, TOOL_ERRORS, 22"
  })
  void findsAFault(Fault fault, Signal signal, int medianCalls) {
    List<Integer> calls = new ArrayList<>();
    for (int seed = 0; seed < 21; seed++) {
      SimulatedAgent agent = new SimulatedAgent(seed, 1);
      agent.run(HOUR, Fault.NONE);
      calls.add(agent.runUntilRaised(2_000, fault));
      agent.run(60, fault);

      assertThat(agent.raised).extracting(AnomalyFlag::signal).contains(signal);
    }
    calls.sort(null);

    assertThat(calls.get(10)).as("median of calls until a flag").isLessThanOrEqualTo(medianCalls);
  }

  @Test
  void endsAFlagWhenTheAgentRecovers() {
    SimulatedAgent agent = new SimulatedAgent(3, 1);
    agent.run(HOUR, Fault.NONE);
    agent.run(120, Fault.OUTAGE);
    assertThat(agent.watch().flags()).containsOnlyKeys(Signal.FAILURES);
    assertThat(agent.watch().score(Signal.FAILURES)).isEqualTo(1);
    assertThat(agent.watch().raised(Signal.FAILURES)).isEqualTo(1);

    agent.run(300, Fault.NONE);

    assertThat(agent.watch().flags()).isEmpty();
    assertThat(agent.watch().score(Signal.FAILURES)).isLessThan(1);
    assertThat(agent.recovered)
        .singleElement()
        .satisfies(flag -> {
          assertThat(flag.signal()).isEqualTo(Signal.FAILURES);
          assertThat(flag.until()).isAfter(flag.since());
        });
  }

  @Test
  void adoptsALevelThatLasts() {
    SimulatedAgent agent = new SimulatedAgent(5, 0.1);
    agent.run(12 * HOUR, Fault.NONE);
    agent.run(30 * HOUR, Fault.SLOWER);

    assertThat(agent.adopted).extracting(AnomalyFlag::signal).containsExactly(Signal.LATENCY);
    assertThat(agent.watch().flags()).isEmpty();

    int raised = agent.raised.size();
    agent.run(30 * HOUR, Fault.SLOWER);
    assertThat(agent.raised).as("the new level is the usual one").hasSize(raised);
  }

  @Test
  void learnsFromTheFirstCallsWithoutAFlag() {
    SimulatedAgent agent = new SimulatedAgent(7, 1);

    agent.run(90, Fault.OUTAGE);

    assertThat(agent.raised).isEmpty();
  }

  @Test
  void givesTheReasonInWords() {
    SimulatedAgent agent = new SimulatedAgent(9, 1);
    agent.run(HOUR, Fault.NONE);
    agent.run(200, Fault.SLOWER);
    agent.run(60, Fault.OUTAGE);

    String slow =
        "Median time per call of the last \\d+ calls is [\\d.]+ s;"
            + " usual is [\\d.]+ s \\(median of \\d+ calls\\)\\.";
    String failing = "\\d+ of the last \\d+ calls failed; usual is [\\d.]+ % \\(of \\d+\\)\\.";
    assertThat(agent.raised)
        .extracting(AnomalyFlag::words)
        .anySatisfy(words -> assertThat(words).matches(slow))
        .anySatisfy(words -> assertThat(words).matches(failing));
  }

  @Test
  void reportsNoChangeThatIsTooSmallToMatter() {
    LevelDetector detector = new LevelDetector(512, 100, 0);
    for (int i = 0; i < 1_000; i++) {
      detector.accept(100, 15, i, Long.MAX_VALUE);
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(detector.accept(106, 15, 1_000 + i, Long.MAX_VALUE)).isNull();
    }
  }

  @Test
  void reportsAFallOnlyIfItIsLarge() {
    LevelDetector detector = new LevelDetector(512, 100, 0);
    for (int i = 0; i < 1_000; i++) {
      detector.accept(100, 15, i, Long.MAX_VALUE);
    }
    for (int i = 0; i < 2_000; i++) {
      assertThat(detector.accept(70, 15, 1_000 + i, Long.MAX_VALUE)).isNull();
    }
    assertThat(detector.usual()).as("has learned").isEqualTo(70, within(1e-3));
    boolean raised = false;
    for (int i = 0; i < 100; i++) {
      raised |= detector.accept(20, 15, 3_000 + i, Long.MAX_VALUE) == Detector.Change.RAISED;
    }
    assertThat(raised).isTrue();
  }
}
