package io.gild.demo;

/**
 * What was asked of the demo on its command line.
 *
 * @param annotated the after run is the annotated quickstart instead of an attached jar
 * @param sdkRetries the client's own retries are on and the provider has an outage
 * @param quiet no progress, only the result
 * @param real a real model is asked
 */
record DemoOptions(
    boolean annotated, boolean sdkRetries, int questions, boolean quiet, boolean real) {

  static final String USAGE =
      "usage: demo [--annotated] [--sdk-retries] [--questions N] [--quiet] [--loopback]";

  private static final int DEFAULT_QUESTIONS = 1500;
  private static final int REAL_QUESTIONS = 20;

  /**
   * Reads the command line.
   *
   * @param hasKey whether a key for a real model is at hand; {@code --loopback} ignores it
   */
  static DemoOptions parse(String[] args, boolean hasKey) {
    boolean annotated = false;
    boolean sdkRetries = false;
    boolean quiet = false;
    boolean real = hasKey;
    int questions = 0;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--annotated" -> annotated = true;
        case "--sdk-retries" -> sdkRetries = true;
        case "--quiet" -> quiet = true;
        case "--loopback" -> real = false;
        case "--questions" -> questions = number(args, ++i);
        default -> throw new IllegalArgumentException("Unknown option " + args[i] + "\n" + USAGE);
      }
    }
    int otherwise = real ? REAL_QUESTIONS : DEFAULT_QUESTIONS;
    return new DemoOptions(
        annotated, sdkRetries, questions == 0 ? otherwise : questions, quiet, real);
  }

  private static int number(String[] args, int index) {
    String value = index < args.length ? args[index] : "";
    if (!value.matches("[1-9]\\d{0,5}")) {
      throw new IllegalArgumentException(
          "--questions needs a number from 1 to 999999, not \"" + value + "\"\n" + USAGE);
    }
    return Integer.parseInt(value);
  }
}
