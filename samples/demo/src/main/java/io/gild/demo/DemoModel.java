package io.gild.demo;

import io.gild.testkit.Latency;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/**
 * A model of the demo's provider: what it costs, how long it takes, how well it understands.
 *
 * <p>Prices are the vendors' public ones. Understanding is our assumption, and a simple one: up to
 * a certain {@linkplain Difficulty difficulty} a model is always right; beyond, its chance of being
 * wrong grows with every point, up to a limit. The strong model is always right.
 *
 * @param inputPrice US dollars for a million tokens read
 * @param outputPrice US dollars for a million tokens written
 * @param latency unscaled, as such models answer over a network
 * @param easyUpTo the difficulty up to which the model is always right
 * @param wrongPerPoint the chance of a wrong answer added by each point of difficulty above
 * @param wrongAtMost the limit of that chance
 */
record DemoModel(
    String name,
    BigDecimal inputPrice,
    BigDecimal outputPrice,
    Latency latency,
    int easyUpTo,
    double wrongPerPoint,
    double wrongAtMost) {

  static final DemoModel LARGE =
      new DemoModel("gpt-4o", usd("2.50"), usd("10.00"), latency(450, 12), 1000, 0, 0);
  static final DemoModel MEDIUM =
      new DemoModel("gpt-4o-mini", usd("0.15"), usd("0.60"), latency(350, 9), 16, 0.05, 0.4);
  static final DemoModel SMALL =
      new DemoModel("gpt-4.1-nano", usd("0.10"), usd("0.40"), latency(250, 6), 12, 0.06, 0.6);
  static final DemoModel LOCAL =
      new DemoModel("llama3.2", usd("0"), usd("0"), latency(120, 20), 8, 0.08, 0.7);

  static final List<DemoModel> ALL = List.of(LARGE, MEDIUM, SMALL, LOCAL);

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final double JITTER = 0.3;

  /**
   * Returns the model of a name. An unknown name is billed like the strongest model and errs like
   * the weakest, so that an unknown model never improves the result.
   */
  static DemoModel named(String name) {
    for (DemoModel model : ALL) {
      if (model.name.equals(name) || name.startsWith(model.name + "-20")) {
        return model;
      }
    }
    return new DemoModel(
        name,
        LARGE.inputPrice,
        LARGE.outputPrice,
        LARGE.latency,
        LOCAL.easyUpTo,
        LOCAL.wrongPerPoint,
        LOCAL.wrongAtMost);
  }

  /** Returns the price of a request in US dollars. */
  BigDecimal cost(long inputTokens, long outputTokens) {
    return inputPrice
        .multiply(BigDecimal.valueOf(inputTokens))
        .add(outputPrice.multiply(BigDecimal.valueOf(outputTokens)))
        .divide(MILLION, 9, RoundingMode.HALF_EVEN);
  }

  /** Returns whether this model understands a question; always the same for the same question. */
  boolean understands(String question, String intent) {
    int beyond = Difficulty.of(question, intent) - easyUpTo;
    double chanceOfError = Math.min(wrongAtMost, wrongPerPoint * beyond);
    return beyond <= 0 || Difficulty.fraction(name + "/" + question) >= chanceOfError;
  }

  private static BigDecimal usd(String amount) {
    return new BigDecimal(amount);
  }

  private static Latency latency(int baseMillis, int perTokenMillis) {
    return Latency.of(Duration.ofMillis(baseMillis), Duration.ofMillis(perTokenMillis))
        .jittered(JITTER);
  }
}
