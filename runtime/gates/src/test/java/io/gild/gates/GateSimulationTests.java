package io.gild.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How often the bound of a gate lets an agent pass, for agents whose true pass rate is known. */
@DisabledIfEnvironmentVariable(named = "GILD_TESTED", matches = "portable")
class GateSimulationTests {

  private static final int RUNS = 2_000;

  /** Chance alone moves the share seen in 2,000 runs by this much, at three standard errors. */
  private static final double NOISE = 3 * Math.sqrt(0.05 * 0.95 / RUNS);

  private static final Path DOCS = Path.of("../../docs/gates.md");

  /** How the tasks of an agent with a given pass rate differ. */
  enum Agents {
    /** All tasks are equally hard. */
    ALIKE {
      @Override
      double difficulty(double rate, int task, int tasks, SplittableRandom random) {
        return rate;
      }
    },
    /** A fixed part of the tasks always fails; the others are equally hard. */
    SOME_ALWAYS_FAIL {
      @Override
      double difficulty(double rate, int task, int tasks, SplittableRandom random) {
        int hopeless = (int) Math.floor((1 - rate) * tasks / 2);
        return task < hopeless ? 0 : Math.min(1, rate * tasks / (tasks - hopeless));
      }
    },
    /** A task either always passes or always fails, so that repeats show nothing new. */
    ALL_OR_NOTHING {
      @Override
      double difficulty(double rate, int task, int tasks, SplittableRandom random) {
        return random.nextDouble() < rate ? 1 : 0;
      }
    },
    /** Half of the tasks always pass, the others do with one rate. */
    HALF_EASY {
      @Override
      double difficulty(double rate, int task, int tasks, SplittableRandom random) {
        return random.nextBoolean() ? 1 : 2 * rate - 1;
      }
    },
    /** Tasks are of any difficulty, most of them easy: repeats of one resemble each other. */
    CORRELATED {
      @Override
      double difficulty(double rate, int task, int tasks, SplittableRandom random) {
        return Math.pow(random.nextDouble(), 1 / rate - 1); // its mean is the rate
      }
    };

    abstract double difficulty(double rate, int task, int tasks, SplittableRandom random);
  }

  private final Map<String, Boolean> known = new HashMap<>();

  @ParameterizedTest
  @EnumSource
  void anAgentAtTheThresholdPassesAtMostAsOftenAsClaimed(Agents agents) {
    double[] sum = new double[2];
    int settings = 0;
    for (double threshold : new double[] {0.8, 0.95}) {
      for (int tasks : new int[] {15, 60, 150}) {
        for (int repeats : new int[] {1, 5}) {
          double[] shares = passing(agents, threshold, threshold, tasks, repeats);
          String which = agents + " " + threshold + " " + tasks + "x" + repeats;
          assertThat(shares[0]).as(which).isLessThanOrEqualTo(0.05 + NOISE);
          assertThat(shares[1]).as(which).isLessThanOrEqualTo(0.025 + NOISE);
          sum[0] += shares[0];
          sum[1] += shares[1];
          settings++;
        }
      }
    }
    assertThat(sum[0] / settings).as("all of " + agents).isLessThanOrEqualTo(0.05);
    assertThat(sum[1] / settings).as("all of " + agents).isLessThanOrEqualTo(0.025);
  }

  @ParameterizedTest
  @EnumSource
  void anAgentBelowTheThresholdHardlyEverPasses(Agents agents) {
    assertThat(passing(agents, 0.9, 0.95, 60, 3)[0]).isLessThan(0.01);
    assertThat(passing(agents, 0.7, 0.8, 60, 3)[0]).isLessThan(0.01);
  }

  /** For single runs of tasks that are alike, the share is known to the last digit. */
  @ParameterizedTest
  @CsvSource({"0.8, 0.95", "0.95, 0.95", "0.99, 0.95", "0.8, 0.975", "0.95, 0.975"})
  void theFalsePassRateOfSingleRunsIsExactlyBounded(double threshold, double confidence) {
    for (int tasks = 1; tasks <= 400; tasks++) {
      assertThat(passingOnce(threshold, threshold, tasks, confidence))
          .as(tasks + " tasks")
          .isLessThanOrEqualTo(1 - confidence + 1e-12);
    }
  }

  /** Returns how likely single runs prove a threshold: the tail of the binomial distribution. */
  private static double passingOnce(double rate, double threshold, int tasks, double confidence) {
    int needed = tasks + 1;
    while (needed > 0 && Bounds.lower(needed - 1L, tasks, confidence) >= threshold) {
      needed--;
    }
    return 1 - Distributions.binomial(needed - 1L, tasks, rate);
  }

  /** What a naive gate does: it takes repeats for independent runs, and is wrong far more often. */
  @Test
  void countingRepeatsAsIndependentWouldBreakTheClaim() {
    SplittableRandom random = new SplittableRandom(1);
    int passed = 0;
    for (int run = 0; run < RUNS; run++) {
      double[] rates = rates(Agents.ALL_OR_NOTHING, 0.8, 40, 5, random);
      long successes = Math.round(Arrays.stream(rates).sum() * 5);
      passed += Bounds.lower(successes, 200, 0.95) >= 0.8 ? 1 : 0;
    }

    assertThat((double) passed / RUNS).isGreaterThan(0.15);
  }

  /** Rewrite the page with {@code -Dgolden.rewrite=true}. */
  @Test
  void documentsTheMeasuredPower() throws IOException {
    String page = Files.readString(DOCS);
    String table = table();
    if (Boolean.getBoolean("golden.rewrite")) {
      page =
          page.replaceFirst("(?s)(<!-- power -->\n).*?(<!-- /power -->)", "$1\n" + table + "\n$2");
      Files.writeString(DOCS, page);
    }
    assertThat(page).contains(table);
  }

  private String table() {
    int[] sizes = {9, 14, 20, 30, 60, 100, 200, 300};
    StringBuilder table = new StringBuilder("| gate | true pass rate | repeats |");
    Arrays.stream(sizes).forEach(size -> table.append(" ").append(size).append(" tasks |"));
    table.append("\n|---|---|---|").append("---|".repeat(sizes.length)).append("\n");
    for (double[] row :
        new double[][] {
          {0.8, 0.8, 1}, {0.8, 0.8, 5}, {0.8, 0.9, 1}, {0.8, 0.9, 5}, {0.8, 0.98, 1},
          {0.95, 0.95, 1}, {0.95, 0.95, 5}, {0.95, 0.98, 1}, {0.95, 0.98, 5}, {0.95, 0.995, 1},
          {0.99, 0.99, 1}, {0.99, 0.998, 1}, {0.99, 1, 1}
        }) {
      List<String> cells = new ArrayList<>();
      for (int size : sizes) {
        double share =
            row[2] == 1
                ? passingOnce(row[1], row[0], size, 0.95)
                : passing(Agents.CORRELATED, row[1], row[0], size, (int) row[2])[0];
        cells.add(String.format(Locale.ROOT, "%.1f %%", 100 * share));
      }
      table.append(
          "| %d %% | %s %% | %d | %s |\n"
              .formatted(
                  Math.round(row[0] * 100),
                  String.format(Locale.ROOT, "%.1f", row[1] * 100).replace(".0", ""),
                  (int) row[2],
                  String.join(" | ", cells)));
    }
    return table.toString();
  }

  /** Returns the shares of runs that prove the threshold at 95 % and at 97.5 %. */
  private double[] passing(Agents agents, double rate, double threshold, int tasks, int repeats) {
    SplittableRandom random = new SplittableRandom(Math.round(rate * 1e6) * 31 + tasks);
    double[] passed = new double[2];
    for (int run = 0; run < RUNS; run++) {
      double[] rates = rates(agents, rate, tasks, repeats, random);
      if (Arrays.stream(rates).average().orElse(0) >= threshold && proves(rates, threshold, 0.95)) {
        passed[0] += 1.0 / RUNS;
        passed[1] += proves(rates, threshold, 0.975) ? 1.0 / RUNS : 0;
      }
    }
    return passed;
  }

  /** Many simulated runs end alike: each end is judged once. */
  private boolean proves(double[] rates, double threshold, double confidence) {
    Arrays.sort(rates);
    return known.computeIfAbsent(
        threshold + " " + confidence + Arrays.toString(rates),
        key -> Bounds.proves(rates, threshold, confidence));
  }

  private static double[] rates(
      Agents agents, double rate, int tasks, int repeats, SplittableRandom random) {
    double[] rates = new double[tasks];
    for (int task = 0; task < tasks; task++) {
      double difficulty = agents.difficulty(rate, task, tasks, random);
      int passes = 0;
      for (int repeat = 0; repeat < repeats; repeat++) {
        passes += random.nextDouble() < difficulty ? 1 : 0;
      }
      rates[task] = (double) passes / repeats;
    }
    return rates;
  }
}
