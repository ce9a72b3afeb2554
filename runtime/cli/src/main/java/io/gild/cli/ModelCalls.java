package io.gild.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The model calls that were seen at one place in an application.
 *
 * @param agent name of the agent that the application's own settings give it; empty if none
 * @param entry the agent's method, as {@code class#method}
 * @param entryDescriptor its descriptor; empty if only a lambda of the method was seen
 * @param site the method that calls the model, as {@code class#method}
 * @param line the line of the call; 0 if unknown
 * @param api the library's method
 * @param library the library with its version
 * @param streaming whether answers were streamed
 * @param calls how many
 * @param failures how many failed, by the exception's class
 * @param repeats how many repeated a request that had been answered before
 * @param httpRequests physical requests of all calls
 * @param httpRequestsPerCall the most physical requests of a call
 * @param attemptsOfApplication how often the application made a failing call, at most
 * @param retryLayers the combined retries of all layers; empty if no layer retries
 * @param p50 milliseconds within which half of the calls ended
 * @param p95 the same for 95 per cent
 * @param p99 the same for 99 per cent
 * @param models the use of each model
 * @param tools the tools that answers requested, and how often
 */
record ModelCalls(
    String agent,
    String entry,
    String entryDescriptor,
    String site,
    int line,
    String api,
    String library,
    boolean streaming,
    long calls,
    Map<String, Long> failures,
    long repeats,
    long httpRequests,
    int httpRequestsPerCall,
    int attemptsOfApplication,
    String retryLayers,
    double p50,
    double p95,
    double p99,
    List<ModelUse> models,
    Map<String, Long> tools) {

  /**
   * The use of one model.
   *
   * @param model its name
   * @param calls calls that it answered, or should have answered
   * @param inputTokens tokens read
   * @param outputTokens tokens written
   * @param costUsd dollars
   * @param unpriced calls whose price is not known
   */
  record ModelUse(
      String model,
      long calls,
      long inputTokens,
      long outputTokens,
      BigDecimal costUsd,
      long unpriced) {}

  static ModelCalls of(Facts facts) {
    return new ModelCalls(
        facts.text("agent"),
        facts.text("entry"),
        facts.text("entryDescriptor"),
        facts.text("site"),
        (int) facts.number("line"),
        facts.text("api"),
        facts.text("library"),
        facts.flag("streaming"),
        facts.number("calls"),
        facts.counts("failures"),
        facts.number("repeats"),
        facts.number("httpRequests"),
        (int) facts.number("httpRequestsPerCall"),
        (int) facts.number("attemptsOfApplication"),
        facts.text("retryLayers"),
        facts.decimal("p50Millis").doubleValue(),
        facts.decimal("p95Millis").doubleValue(),
        facts.decimal("p99Millis").doubleValue(),
        models(facts.inner("models")),
        facts.counts("tools"));
  }

  private static List<ModelUse> models(Facts facts) {
    List<ModelUse> models = new ArrayList<>();
    for (String name : facts.names()) {
      Facts model = facts.inner(name);
      models.add(
          new ModelUse(
              name,
              model.number("calls"),
              model.number("inputTokens"),
              model.number("outputTokens"),
              model.decimal("costUsd"),
              model.number("unpriced")));
    }
    return List.copyOf(models);
  }

  long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  BigDecimal costUsd() {
    return models.stream().map(ModelUse::costUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
