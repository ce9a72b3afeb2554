package io.gild.core;

import io.gild.config.Experimental;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The most attempts of each layer around a model that were seen in the calls of one outermost
 * method: layers that retry inside of each other multiply. Thread-safe.
 */
@Experimental
public final class RetryLayers {

  private final AtomicInteger agent = new AtomicInteger(1);
  private final AtomicInteger model = new AtomicInteger(1);
  private final AtomicInteger http = new AtomicInteger(1);
  private final AtomicBoolean logged = new AtomicBoolean();

  RetryLayers() {}

  void sawAgent(int attempts) {
    raise(agent, attempts);
  }

  void sawModel(int attempts, int requestsPerAttempt) {
    raise(model, attempts);
    raise(http, requestsPerAttempt);
  }

  private static void raise(AtomicInteger most, int seen) {
    if (seen > most.get()) {
      most.accumulateAndGet(seen, Math::max);
    }
  }

  /** Logs once that several layers retry. */
  void logOnce(String method) {
    String sentence = logged.get() ? "" : sentence().orElse("");
    if (sentence.contains("×") && logged.compareAndSet(false, true)) {
      GildLog.info(method + " retries in " + sentence + ". Keep retries in one layer.");
    }
  }

  /**
   * Returns the most attempts of the outermost method.
   *
   * @return one or more
   */
  public int agentAttempts() {
    return agent.get();
  }

  /**
   * Returns the most attempts of one call of a model.
   *
   * @return one or more
   */
  public int modelAttempts() {
    return model.get();
  }

  /**
   * Returns the most physical requests of one attempt of a model's call.
   *
   * @return one or more
   */
  public int requestsPerModelAttempt() {
    return http.get();
  }

  /**
   * Returns the product of the layers.
   *
   * @return such as {@code 3 layers, 2×3×2 = 12 possible attempts}; empty if none retried
   */
  public Optional<String> sentence() {
    return sentence(List.of(agent.get(), model.get(), http.get()));
  }

  /**
   * Returns the product of layers.
   *
   * @param attempts the most attempts of each layer, outermost first
   * @return as {@link #sentence()}
   */
  public static Optional<String> sentence(List<Integer> attempts) {
    List<Integer> factors = attempts.stream().filter(most -> most > 1).toList();
    if (factors.isEmpty()) {
      return Optional.empty();
    }
    if (factors.size() == 1) {
      return Optional.of("1 layer, " + factors.get(0) + " possible attempts");
    }
    StringBuilder product = new StringBuilder();
    long all = 1;
    for (int factor : factors) {
      product.append(product.length() == 0 ? "" : "×").append(factor);
      all *= factor;
    }
    return Optional.of(factors.size() + " layers, " + product + " = " + all + " possible attempts");
  }
}
