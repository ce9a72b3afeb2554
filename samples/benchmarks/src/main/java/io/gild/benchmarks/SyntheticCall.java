package io.gild.benchmarks;

import java.util.Random;

/**
 * One call of a simulated agent: it runs a tool, then asks a model.
 *
 * @param end when it ends, in seconds
 * @param seconds how long it takes
 * @param failed whether it fails
 * @param refused whether the model declines
 * @param toolFailed whether the tool fails
 * @param inputTokens tokens of the question
 * @param outputTokens tokens of the answer
 * @param usd what it costs
 */
record SyntheticCall(
    double end,
    double seconds,
    boolean failed,
    boolean refused,
    boolean toolFailed,
    long inputTokens,
    long outputTokens,
    double usd) {

  private static final double INPUT_USD = 1e-6;
  private static final double OUTPUT_USD = 4e-6;

  /** Makes a call: times and tokens are lognormal, as those of models are about. */
  static SyntheticCall of(double begin, double slowness, CallFault fault, Random random) {
    double seconds = 1.5 * slowness * fault.time * spread(0.35, random);
    long input = Math.max(1, Math.round(600 * fault.tokens * spread(0.4, random)));
    long output = Math.max(1, Math.round(200 * fault.tokens * spread(0.5, random)));
    return new SyntheticCall(
        begin + seconds,
        seconds,
        random.nextDouble() < fault.failures,
        random.nextDouble() < fault.refusals,
        random.nextDouble() < fault.toolErrors,
        input,
        output,
        (input * INPUT_USD + output * OUTPUT_USD) * fault.price);
  }

  private static double spread(double sigma, Random random) {
    return Math.exp(sigma * random.nextGaussian());
  }
}
