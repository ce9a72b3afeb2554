package io.gild.demo;

/**
 * The options of the demo's command line.
 *
 * @param annotated the after run is the annotated quickstart instead of an attached jar
 * @param sdkRetries the client's own retries are on and the provider has an outage
 * @param questions how many are asked
 * @param quiet no progress, only the result
 * @param real a real model is called
 * @param console the console stays open after the run
 */
record DemoOptions(
    boolean annotated,
    boolean sdkRetries,
    int questions,
    boolean quiet,
    boolean real,
    boolean console) {

  static final int LOOPBACK_QUESTIONS = 1500;
  static final int REAL_QUESTIONS = 20;
}
