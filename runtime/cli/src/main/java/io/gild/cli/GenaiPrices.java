package io.gild.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the list of genai-prices: providers with models, and prices of a million tokens. */
final class GenaiPrices extends ImportedPrices {

  private static final Map<String, String> KINDS =
      Map.of(
          "input_mtok", "input",
          "output_mtok", "output",
          "cache_read_mtok", "cached-input",
          "cache_write_mtok", "cache-write",
          "cache_write_1h_mtok", "cache-write-hour",
          "input_audio_mtok", "input-audio",
          "output_audio_mtok", "output-audio");

  /** Providers of their own models, which have bare names here. */
  private static final Set<String> MAKERS =
      Set.of(
          "openai",
          "anthropic",
          "google",
          "mistral",
          "deepseek",
          "x-ai",
          "cohere",
          "perplexity",
          "moonshotai",
          "minimax",
          "zhipuai",
          "voyageai");

  private static final int HOURS_AND_MINUTES = 5;

  GenaiPrices(Path file, List<?> providers) throws IOException {
    super(file);
    for (Object each : providers) {
      Map<?, ?> provider = map("a provider", each);
      String id = text("a provider", provider.get("id"));
      for (Object model : list(id + ".models", provider.get("models"))) {
        Map<?, ?> values = map(id + ".models", model);
        String name = text(id + ".models", values.get("id"));
        read(id, name, values.get("prices"));
      }
    }
  }

  private static String prefix(String provider) {
    if (MAKERS.contains(provider)) {
      return "";
    }
    return (provider.equals("aws") ? "bedrock" : provider) + "/";
  }

  private String text(String key, @Nullable Object value) throws IOException {
    if (value instanceof String text) {
      return text;
    }
    throw wrong(key, "has no id");
  }

  private void read(String provider, String model, @Nullable Object prices) throws IOException {
    String name = prefix(provider) + model;
    if (!(prices instanceof List<?> several)) {
      Map<String, Object> only = entry(name, map(name + ".prices", prices));
      add(provider, name, only, List.of());
      return;
    }
    Map<String, Object> usual = new LinkedHashMap<>();
    List<Object> timed = new ArrayList<>();
    for (Object each : several) {
      Map<?, ?> values = map(name + ".prices", each);
      Map<String, Object> own = entry(name, map(name + ".prices", values.get("prices")));
      if (values.get("constraint") == null) {
        usual = own;
      } else if (own.containsKey("input")) {
        Map<String, Object> limited = constraint(name, values.get("constraint"));
        limited.putAll(own);
        timed.add(limited);
      }
    }
    add(provider, name, usual, timed);
  }

  private void add(String provider, String name, Map<String, Object> entry, List<Object> timed)
      throws IOException {
    if (!entry.containsKey("input")) {
      skip();
      return;
    }
    if (!timed.isEmpty()) {
      entry.put("timed", timed);
    }
    // A maker may sell the model of another one at its own price.
    boolean ofAnother = !name.contains("/") && isOtherwise(name, entry);
    add(ofAnother ? provider + "/" + name : name, entry);
  }

  private Map<String, Object> constraint(String name, @Nullable Object given) throws IOException {
    Map<?, ?> values = map(name + ".constraint", given);
    Map<String, Object> limited = new LinkedHashMap<>();
    if (values.get("start_date") instanceof String from) {
      limited.put("from", from);
    } else if (values.get("start_time") instanceof String start
        && values.get("end_time") instanceof String end
        && start.length() >= HOURS_AND_MINUTES
        && end.length() >= HOURS_AND_MINUTES
        && (start + end).matches("[0-9:]+(Z|\\+00:00)?[0-9:]+(Z|\\+00:00)?")) {
      limited.put(
          "hours",
          start.substring(0, HOURS_AND_MINUTES) + "-" + end.substring(0, HOURS_AND_MINUTES));
    } else {
      throw wrong(name + ".constraint", "must have start_date, or start_time and end_time in UTC");
    }
    return limited;
  }

  private Map<String, Object> entry(String name, Map<?, ?> values) throws IOException {
    Map<String, Object> entry = at(name, values, 0);
    TreeSet<Integer> starts = new TreeSet<>();
    for (String kind : KINDS.keySet()) {
      for (Object tier : tiers(name, values.get(kind))) {
        starts.add(start(name, map(name + "." + kind, tier)));
      }
    }
    List<Object> above = new ArrayList<>();
    for (int start : starts) {
      Map<String, Object> tier = new LinkedHashMap<>();
      tier.put("input-tokens", start);
      tier.putAll(at(name, values, start));
      above.add(tier);
    }
    if (!above.isEmpty()) {
      entry.put("above", above);
    }
    return entry;
  }

  /** Returns the prices of requests with more than so many input tokens. */
  private Map<String, Object> at(String name, Map<?, ?> values, int tokens) throws IOException {
    Map<String, Object> prices = new LinkedHashMap<>();
    for (String kind : new TreeSet<>(KINDS.keySet())) {
      Object price = values.get(kind) instanceof Map<?, ?> map ? map.get("base") : values.get(kind);
      for (Object tier : tiers(name, values.get(kind))) {
        Map<?, ?> own = map(name + "." + kind, tier);
        price = start(name, own) <= tokens ? own.get("price") : price;
      }
      BigDecimal usd = price(name + "." + kind, price, 0);
      if (usd != null) {
        prices.put(KINDS.getOrDefault(kind, kind), usd);
      }
    }
    if (prices.containsKey("input")) {
      prices.putIfAbsent("output", BigDecimal.ZERO);
    }
    return prices;
  }

  private List<?> tiers(String name, @Nullable Object price) throws IOException {
    return price instanceof Map<?, ?> map ? list(name + ".tiers", map.get("tiers")) : List.of();
  }

  private int start(String name, Map<?, ?> tier) throws IOException {
    if (tier.get("start") instanceof Number start && start.longValue() > 0) {
      return start.intValue();
    }
    throw wrong(name + ".tiers", "must have a start of 1 or more");
  }
}
