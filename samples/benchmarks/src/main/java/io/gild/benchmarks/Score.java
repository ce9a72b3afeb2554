package io.gild.benchmarks;

/**
 * What one benchmark scored over all its rounds.
 *
 * @param nanos median nanoseconds per call over all iterations
 * @param error half the width of the 99.9 % confidence interval of their mean
 * @param cpu median CPU nanoseconds of the process per call
 * @param bytes median bytes allocated per call
 */
record Score(double nanos, double error, double cpu, double bytes) {}
