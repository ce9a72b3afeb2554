package io.gild.cli;

import io.gild.config.Json;
import io.gild.config.PriceTable;
import io.gild.config.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Computes what a fleet would save. */
@Command(
    name = "roi",
    description = {
      "Computes what a fleet would save in a month, from inventories of its agents.",
      "Every figure follows from what gild inventory saw and from what you state; each assumption"
          + " is printed. Time of people is not counted."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RoiCommand implements Callable<Integer> {

  private static final int SHORTEST_WATCH_SECONDS = 600;

  @Spec private CommandSpec spec;
  @Mixin private SettingsPlace place;

  @Option(
      names = "--inventory",
      paramLabel = "FILE",
      required = true,
      description = "what gild inventory --json=FILE wrote; may be repeated")
  private List<Path> inventories;

  @Option(
      names = "--agents",
      paramLabel = "N",
      description = "agents of the fleet (default: those of the inventories)")
  private @Nullable Integer agents;

  @Option(
      names = "--calls-per-month",
      paramLabel = "N",
      description = "calls of the fleet (default: scaled from the time that was watched)")
  private @Nullable Long callsPerMonth;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      defaultValue = "4",
      description = "attempts of a retry, from 1 to 10 (default: ${DEFAULT-VALUE})")
  private int attempts;

  @Option(
      names = "--cheaper-model",
      paramLabel = "MODEL",
      description = "a model that answers --cheaper-share of the calls as well")
  private @Nullable String cheaperModel;

  @Option(
      names = "--cheaper-share",
      paramLabel = "SHARE",
      description = "that share, from 0 to 1, which you have measured with golden tasks")
  private @Nullable Double cheaperShare;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures to a file")
  private @Nullable Path json;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      return estimate();
    } catch (SettingsException wrong) {
      wrong.problems().forEach(err::println);
    } catch (IllegalArgumentException wrong) {
      err.println("gild: " + wrong.getMessage());
    }
    return 1;
  }

  private int estimate() throws IOException {
    List<RoiAgent> watched = new ArrayList<>();
    for (Path file : inventories) {
      if (!Files.isRegularFile(file)) {
        throw wrong("no inventory " + file + "; gild inventory --json=FILE writes one");
      }
      watched.addAll(RoiAgent.read(file));
    }
    RoiEstimate.Stated stated = stated(watched);
    RoiEstimate estimate = new RoiEstimate(watched, stated, cheaper(watched));
    RoiText text = new RoiText(watched, stated, cheaperModel, estimate);
    text.lines().forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
    if (json != null) {
      Files.writeString(json, Json.pretty(facts(estimate, text.assumptions())));
    }
    return 0;
  }

  private RoiEstimate.Stated stated(List<RoiAgent> watched) {
    int all = agents == null ? watched.size() : agents;
    if (all < watched.size()) {
      throw wrong(
          "--agents is " + all + ", but the inventories have " + watched.size() + " agents");
    }
    if (all > watched.size() && watched.size() < RoiEstimate.FEWEST_AGENTS) {
      throw wrong(
          "%d agents cannot stand for %d: take inventories of %d or more, of different kinds"
              .formatted(watched.size(), all, RoiEstimate.FEWEST_AGENTS));
    }
    if (callsPerMonth != null && callsPerMonth < 1) {
      throw wrong("--calls-per-month must be >= 1, but is " + callsPerMonth);
    }
    double shortest = watched.stream().mapToDouble(RoiAgent::seconds).min().orElse(0);
    if (callsPerMonth == null && shortest < SHORTEST_WATCH_SECONDS) {
      throw wrong(
          "%s of watching cannot be scaled to a month: watch for %s or longer, or state --calls-per-month"
              .formatted(NumberText.seconds(shortest), NumberText.seconds(SHORTEST_WATCH_SECONDS)));
    }
    if (attempts < 1 || attempts > 10) {
      throw wrong("--attempts must be from 1 to 10, but is " + attempts);
    }
    if ((cheaperModel == null) != (cheaperShare == null)) {
      throw wrong("--cheaper-model and --cheaper-share go together");
    }
    double share = cheaperShare == null ? 0 : cheaperShare;
    if (!(share >= 0 && share <= 1)) {
      throw wrong("--cheaper-share must be from 0 to 1, but is " + share);
    }
    return new RoiEstimate.Stated(all, callsPerMonth == null ? 0 : callsPerMonth, attempts, share);
  }

  private List<Double> cheaper(List<RoiAgent> watched) {
    String model = cheaperModel;
    if (model == null) {
      return List.of();
    }
    PriceTable prices = PriceTable.of(place.load(spec));
    List<Double> costs = new ArrayList<>();
    for (RoiAgent agent : watched) {
      Optional<Double> cost = agent.costWith(prices, model);
      costs.add(
          cost.orElseThrow(() ->
              wrong(
                  "no price is known for "
                      + model
                      + "; similar names with a price: "
                      + String.join(", ", prices.relatives(model)))));
    }
    return costs;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static Map<String, Object> facts(RoiEstimate estimate, List<String> assumptions) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("callsPerMonth", figure(estimate.calls()));
    facts.put("costUsd", figure(estimate.cost()));
    facts.put("costAfterUsd", figure(estimate.after()));
    facts.put("savedUsd", figure(estimate.saved()));
    facts.put("failedCalls", figure(estimate.failed()));
    facts.put("failedCallsAfter", figure(estimate.failedAfter()));
    facts.put("assumptions", assumptions);
    return facts;
  }

  private static Map<String, Object> figure(RoiEstimate.Figure figure) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("value", rounded(figure.value()));
    facts.put("p5", rounded(figure.low()));
    facts.put("p95", rounded(figure.high()));
    return facts;
  }

  private static BigDecimal rounded(double value) {
    return new BigDecimal(String.format(Locale.ROOT, "%.4f", value)).stripTrailingZeros();
  }
}
