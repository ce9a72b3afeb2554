package io.gild.cli;

import io.gild.config.Json;
import io.gild.config.Price;
import io.gild.config.PriceSource;
import io.gild.config.PriceTable;
import io.gild.config.SettingsException;
import io.gild.config.TokenKind;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists prices of models. */
@Command(
    name = "list",
    description = "Lists prices in USD per million tokens, with their source and date.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PricesListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private SettingsPlace place;

  @Option(names = "--model", paramLabel = "TEXT", description = "only names that contain a text")
  private @Nullable String model;

  @Option(names = "--json", description = "prints JSON")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      PriceTable table = PriceTable.of(place.load(spec));
      List<Map<String, @Nullable Object>> all = new ArrayList<>();
      String wanted = model == null ? "" : model.toLowerCase(Locale.ROOT);
      for (String name : new TreeSet<>(table.models())) {
        if (name.toLowerCase(Locale.ROOT).contains(wanted)) {
          all.add(line(name, table));
        }
      }
      if (json) {
        out.println(Json.pretty(all));
      } else {
        for (Map<String, @Nullable Object> line : all) {
          out.println(text(line));
        }
        out.println(all.size() + " prices.");
      }
      return 0;
    } catch (SettingsException wrong) {
      wrong.problems().forEach(spec.commandLine().getErr()::println);
      return 1;
    }
  }

  private static Map<String, @Nullable Object> line(String name, PriceTable table) {
    Price price = table.find(name).orElseThrow();
    PriceSource source = table.sourceOf(name).orElseThrow();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("model", name);
    for (TokenKind kind : TokenKind.values()) {
      if (kind.isPriced()) {
        line.put(kind.key(), price.of(kind));
      }
    }
    line.put("above", price.above().size());
    line.put("timed", price.timed().size());
    line.put("services", new ArrayList<>(new TreeSet<>(price.services().keySet())));
    line.put("source", source.name());
    line.put("date", source.date());
    return line;
  }

  private static String text(Map<String, @Nullable Object> line) {
    String date = line.get("date") == null ? "" : ", " + line.get("date");
    return "%s: input %s, output %s (%s%s)"
        .formatted(
            line.get("model"), line.get("input"), line.get("output"), line.get("source"), date);
  }
}
