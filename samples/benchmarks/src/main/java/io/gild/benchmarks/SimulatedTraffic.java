package io.gild.benchmarks;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/** Calls that arrive at random, in the order in which they end, with a turn each second. */
final class SimulatedTraffic {

  private static final double DAY = 24 * 3_600;

  private final Random random;
  private final double perSecond;
  private final double daily;
  private final Consumer<SyntheticCall> calls;
  private final DoubleConsumer turns;
  private final PriorityQueue<SyntheticCall> running =
      new PriorityQueue<>(Comparator.comparingDouble(SyntheticCall::end));
  private double next;
  private long turn;

  /**
   * Makes traffic.
   *
   * @param seed of its randomness
   * @param perSecond calls per second on average
   * @param daily by which part calls are slower at the busiest time of a day; 0 for no pattern
   * @param calls receives each call at its end
   * @param turns is called at each full second
   */
  SimulatedTraffic(
      long seed,
      double perSecond,
      double daily,
      Consumer<SyntheticCall> calls,
      DoubleConsumer turns) {
    this.random = new Random(seed);
    this.perSecond = perSecond;
    this.daily = daily;
    this.calls = calls;
    this.turns = turns;
  }

  /** Goes on until a time, or until a condition is true after a turn; returns the time. */
  double run(double until, CallFault fault, BooleanSupplier enough) {
    while (turn < until && !enough.getAsBoolean()) {
      turn++;
      while (next <= turn) {
        double slowness = 1 + daily * (1 - Math.cos(2 * Math.PI * next / DAY)) / 2;
        running.add(SyntheticCall.of(next, slowness, fault, random));
        next -= Math.log(1 - random.nextDouble()) / perSecond;
      }
      while (!running.isEmpty() && running.peek().end() <= turn) {
        calls.accept(running.poll());
      }
      turns.accept((double) turn);
    }
    return (double) turn;
  }
}
