package io.gild.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a fleet of agents costs in a month, before and after, scaled from the agents that were
 * watched.
 *
 * <p>The months of agents that were not watched are unknown: their number is multiplied by the mean
 * of those that were, with the 5th and 95th percentile of 2,000 bootstrap draws of agents (Efron
 * and Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13).
 */
final class RoiEstimate {

  /** The most agents may be unlike the few that were watched. */
  static final int FEWEST_AGENTS = 5;

  private static final double SECONDS_OF_A_MONTH = 365.25 / 12 * 86_400;
  private static final int DRAWS = 2_000;
  private static final double LOW = 0.05;
  private static final double HIGH = 0.95;

  /**
   * What the user states.
   *
   * @param agents agents of the fleet
   * @param callsPerMonth calls of all agents in a month; 0 to scale the time that was watched
   * @param attempts attempts of a retry
   * @param cheaperShare share of the calls that a cheaper model answers as well
   */
  record Stated(int agents, long callsPerMonth, int attempts, double cheaperShare) {}

  /**
   * A figure of the fleet in a month.
   *
   * @param low its 5th percentile
   * @param high its 95th percentile
   */
  record Figure(double value, double low, double high) {}

  /**
   * The figures of an agent in a month.
   *
   * @param calls calls of models
   * @param cost what they cost, in US dollars
   * @param failed calls that fail
   * @param failedAfter those that fail with all attempts of a retry
   * @param cached what a cache of the same requests saves
   * @param retried what the calls that a retry saves cost
   * @param routed what the cheaper model saves
   */
  private record Month(
      double calls,
      double cost,
      double failed,
      double failedAfter,
      double cached,
      double retried,
      double routed) {

    double after() {
      return cost - cached + retried - routed;
    }
  }

  private final List<Month> months;
  private final int agents;

  /**
   * @param watched the agents that were watched; at least one
   * @param cheaper what the tokens of each of them cost with the cheaper model; empty for none
   */
  RoiEstimate(List<RoiAgent> watched, Stated stated, List<Double> cheaper) {
    this.agents = stated.agents();
    long seen = watched.stream().mapToLong(RoiAgent::calls).sum();
    double ofAll = (double) watched.size() / agents;
    this.months =
        IntStream.range(0, watched.size())
            .mapToObj(i -> {
              RoiAgent agent = watched.get(i);
              double times =
                  stated.callsPerMonth() > 0
                      ? stated.callsPerMonth() * ofAll / seen
                      : SECONDS_OF_A_MONTH / agent.seconds();
              double saved = cheaper.isEmpty() ? 0 : Math.max(0, agent.costUsd() - cheaper.get(i));
              return month(agent, times, stated, saved);
            })
            .toList();
  }

  private static Month month(RoiAgent agent, double times, Stated stated, double cheaperSaves) {
    double calls = agent.calls();
    double failing = agent.failed() / calls;
    double repeating = agent.repeats() / calls;
    double failedAfter = calls * Math.pow(failing, stated.attempts());
    double answered = calls - agent.failed();
    double ofOne = answered > 0 ? agent.costUsd() / answered : 0;
    double saved = agent.failed() - failedAfter;
    return new Month(
        calls * times,
        agent.costUsd() * times,
        agent.failed() * times,
        failedAfter * times,
        agent.costUsd() * repeating * times,
        saved * ofOne * (1 - repeating) * times,
        cheaperSaves * stated.cheaperShare() * (1 - repeating) * times);
  }

  Figure calls() {
    return figure(Month::calls);
  }

  Figure cost() {
    return figure(Month::cost);
  }

  Figure failed() {
    return figure(Month::failed);
  }

  Figure failedAfter() {
    return figure(Month::failedAfter);
  }

  Figure cached() {
    return figure(Month::cached);
  }

  Figure retried() {
    return figure(Month::retried);
  }

  Figure routed() {
    return figure(Month::routed);
  }

  Figure after() {
    return figure(Month::after);
  }

  Figure saved() {
    return figure(month -> month.cost() - month.after());
  }

  private Figure figure(ToDoubleFunction<Month> of) {
    double[] values = months.stream().mapToDouble(of).toArray();
    double value = Arrays.stream(values).average().orElse(0) * agents;
    int unseen = agents - values.length;
    if (unseen <= 0) {
      return new Figure(value, value, value);
    }
    // The agents that were watched are known; only the others vary.
    double known = Arrays.stream(values).sum();
    double[] draws = new double[DRAWS];
    Random random = new Random(1);
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)];
      }
      draws[draw] = known + sum / values.length * unseen;
    }
    Arrays.sort(draws);
    return new Figure(value, draws[(int) (LOW * DRAWS)], draws[(int) (HIGH * DRAWS) - 1]);
  }
}
