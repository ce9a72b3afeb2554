package io.gild.benchmarks;

/**
 * What one benchmark scored over all its rounds.
 *
 * @param nanos median nanoseconds per call over all iterations
 * @param error half the width of the 99.9 % confidence interval of their mean
 * @param bytes median bytes allocated per call
 */
record Score(double nanos, double error, double bytes) {}
