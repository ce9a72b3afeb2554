package io.gild.benchmarks;

/** Looks for faults in the calls of an agent. */
interface FaultFinder extends AutoCloseable {

  /** Receives a call at its end. */
  void accept(SyntheticCall call);

  /** Is called at each full second. */
  void turn(double second);

  /** Returns how many faults were found. */
  int flags();

  @Override
  default void close() {}
}
