package io.gild.cli;

import io.gild.config.Json;
import io.gild.config.Price;
import io.gild.config.PriceTable;
import io.gild.config.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an inventory saw of an agent.
 *
 * @param name name of the agent
 * @param calls its calls of models
 * @param failed those that failed
 * @param repeats those whose request was sent before
 * @param costUsd what they cost, in US dollars
 * @param unpriced calls of models without a known price
 * @param uses tokens by model
 * @param seconds how long it was watched
 */
record RoiAgent(
    String name,
    long calls,
    long failed,
    long repeats,
    double costUsd,
    long unpriced,
    List<Usage> uses,
    double seconds) {

  /**
   * Reads the agents of an inventory that was written with {@code --json}.
   *
   * @throws IllegalArgumentException if it is none; the message names the file
   */
  static List<RoiAgent> read(Path file) throws IOException {
    Facts root;
    try {
      root = Facts.of(Json.read(Files.readString(file)));
    } catch (IllegalArgumentException broken) {
      throw new IllegalArgumentException(
          file + ": " + broken.getMessage() + "; write it with gild inventory --json=FILE", broken);
    }
    double seconds = root.decimal("seconds").doubleValue();
    List<RoiAgent> agents = new ArrayList<>();
    for (Object each : root.list("agents")) {
      agents.add(of(Facts.of(each), seconds));
    }
    agents.removeIf(agent -> agent.calls <= 0);
    if (agents.isEmpty() || seconds <= 0) {
      throw new IllegalArgumentException(
          file
              + " has no agent with calls: expected what gild inventory --json=FILE writes of an application that was used");
    }
    return agents;
  }

  private static RoiAgent of(Facts agent, double seconds) {
    List<Usage> uses = new ArrayList<>();
    long unpriced = 0;
    for (Object place : agent.list("places")) {
      for (Object use : Facts.of(place).list("models")) {
        Facts model = Facts.of(use);
        uses.add(
            Usage.of(
                Math.max(0, model.number("inputTokens")),
                Math.max(0, model.number("outputTokens"))));
        unpriced += Math.max(0, model.number("unpriced"));
      }
    }
    long calls = Math.max(0, agent.number("calls"));
    return new RoiAgent(
        agent.text("name"),
        calls,
        Math.min(calls, Math.max(0, agent.number("failed"))),
        Math.min(calls, Math.max(0, agent.number("repeats"))),
        Math.max(0, agent.decimal("costUsd").doubleValue()),
        unpriced,
        List.copyOf(uses),
        seconds);
  }

  /** Returns what the same tokens cost with another model; empty if its price is unknown. */
  Optional<Double> costWith(PriceTable prices, String model) {
    Optional<Price> price = prices.find(model);
    return price.map(known ->
        uses.stream().map(known::cost).reduce(BigDecimal.ZERO, BigDecimal::add).doubleValue());
  }
}
