package io.gild.cli;

import io.gild.config.Price;
import io.gild.config.PriceSource;
import io.gild.config.PriceTable;
import io.gild.config.PriceTier;
import io.gild.config.SettingsException;
import io.gild.config.TimedPrice;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains what one request costs. */
@Command(
    name = "explain",
    description = {
      "Explains what a request costs: which entry it has, which rules applied, and the arithmetic.",
      "Exit code: 0 it has a price, 1 it has none, 2 wrong usage."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PricesExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private SettingsPlace place;

  @Parameters(paramLabel = "MODEL", description = "the name a client or provider uses")
  private String model;

  @Option(names = "--provider", paramLabel = "NAME", description = "who serves it, such as groq")
  private @Nullable String provider;

  @Option(names = "--input", paramLabel = "N", defaultValue = "1000000", description = TOKENS)
  private long input;

  @Option(names = "--output", paramLabel = "N", defaultValue = "1000000", description = TOKENS)
  private long output;

  @Option(names = "--cached-input", paramLabel = "N", defaultValue = "0", description = TOKENS)
  private long cached;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "such as 2026-08-17T12:00:00Z (default: now)")
  private @Nullable Instant time;

  @Option(names = "--service", paramLabel = "NAME", description = "service tier, such as batch")
  private @Nullable String service;

  private static final String TOKENS = "tokens (default: ${DEFAULT-VALUE})";

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      PriceTable table = PriceTable.of(place.load(spec));
      Usage usage = Usage.of(input, output).with(TokenKind.CACHED_INPUT, cached).contained();
      return explain(table, usage);
    } catch (SettingsException wrong) {
      wrong.problems().forEach(err::println);
    } catch (IllegalArgumentException wrong) {
      err.println("gild: " + wrong.getMessage());
    }
    return 1;
  }

  private int explain(PriceTable table, Usage usage) {
    PrintWriter out = spec.commandLine().getOut();
    Optional<Price> listed = table.find(provider, model);
    Optional<Price> found = listed.isPresent() ? listed : table.estimate(provider, model);
    if (found.isEmpty()) {
      out.println("No price is known for " + model + "; its cost is unknown, not zero.");
      out.println("Similar names with a price: " + String.join(", ", table.relatives(model)));
      return 1;
    }
    String entry = table.listedName(provider, model).orElse(model);
    out.println(
        listed.isPresent()
            ? "Entry " + entry + table.sourceOf(entry).map(PricesExplainCommand::from).orElse("")
            : "No entry: an estimate, by the dearest listed models (pricing.unknown: highest)");
    Instant moment = time == null ? Instant.now() : time;
    rules(found.get(), moment, usage);
    sum(found.get().at(moment, service), usage);
    return 0;
  }

  private static String from(PriceSource source) {
    return ", from " + source.name() + (source.date() == null ? "" : ", " + source.date());
  }

  private void rules(Price price, Instant moment, Usage usage) {
    PrintWriter out = spec.commandLine().getOut();
    for (TimedPrice each : price.timed()) {
      if (each.applies(moment)) {
        out.println("Timed price at " + moment + timed(each));
      }
    }
    if (service != null) {
      boolean known = price.services().containsKey(service.toLowerCase(Locale.ROOT));
      out.println("Service " + service + (known ? "" : " has no price of its own: standard"));
    }
    for (PriceTier tier : price.at(moment, service).above()) {
      if (usage.inputTokens() > tier.inputTokens()) {
        out.println("More than " + tier.inputTokens() + " input tokens");
      }
    }
  }

  private static String timed(TimedPrice each) {
    return (each.from() == null ? "" : ", from " + each.from())
        + (each.hours() == null ? "" : ", hours " + each.hours());
  }

  private void sum(Price price, Usage usage) {
    PrintWriter out = spec.commandLine().getOut();
    for (Map.Entry<TokenKind, BigDecimal> part : price.costs(usage).entrySet()) {
      long tokens = usage.charged(part.getKey());
      BigDecimal perMillion =
          part.getValue()
              .movePointRight(6)
              .divide(BigDecimal.valueOf(tokens), java.math.MathContext.DECIMAL64)
              .stripTrailingZeros();
      out.println(
          "%s: %d tokens x %s USD per million = %s USD"
              .formatted(
                  part.getKey().key(), tokens, perMillion.toPlainString(), plain(part.getValue())));
    }
    out.println("Total: " + plain(price.cost(usage)) + " USD");
  }

  private static String plain(BigDecimal usd) {
    return usd.stripTrailingZeros().toPlainString();
  }
}
