package io.gild.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads LiteLLM's list: models by name, with prices of single tokens. */
final class LiteLlmPrices extends ImportedPrices {

  private static final Map<String, String> KINDS =
      Map.of(
          "input_cost_per_token", "input",
          "output_cost_per_token", "output",
          "cache_read_input_token_cost", "cached-input",
          "cache_creation_input_token_cost", "cache-write",
          "cache_creation_input_token_cost_above_1hr", "cache-write-hour",
          "input_cost_per_audio_token", "input-audio",
          "output_cost_per_audio_token", "output-audio");

  private static final Map<String, String> SERVICES =
      Map.of("_batches", "batch", "_flex", "flex", "_priority", "priority");

  /** Prefixes of providers that have another name here. */
  private static final Map<String, String> PREFIXES =
      Map.of(
          "together_ai/", "together/",
          "fireworks_ai/", "fireworks/",
          "gemini/", "google/",
          "vertex_ai/", "google/",
          "xai/", "x-ai/");

  private static final Pattern ABOVE = Pattern.compile("_above_(\\d+)k_tokens");
  private static final int PER_MILLION = 6;
  private static final int THOUSAND = 1_000;

  LiteLlmPrices(Path file, Map<?, ?> models) throws IOException {
    super(file);
    for (Map.Entry<?, ?> each : models.entrySet()) {
      String model = String.valueOf(each.getKey());
      if (!model.equals("sample_spec")) {
        read(model, map(model, each.getValue()));
      }
    }
  }

  private void read(String model, Map<?, ?> values) throws IOException {
    Map<String, Object> entry = prices(model, values, "", "");
    if (entry.get("input") == null) {
      skip();
      return;
    }
    entry.putIfAbsent("output", BigDecimal.ZERO);
    tiers(model, values, "", entry);
    Map<String, Object> services = new LinkedHashMap<>();
    for (String suffix : new TreeSet<>(SERVICES.keySet())) {
      Map<String, Object> own = prices(model, values, "", suffix);
      if (own.containsKey("input") || own.containsKey("output")) {
        tiers(model, values, suffix, own);
        services.put(SERVICES.get(suffix), own);
      }
    }
    if (!services.isEmpty()) {
      entry.put("services", services);
    }
    add(named(model), entry);
  }

  /** Two services of Google may have different prices; the name of the second stays as it is. */
  private String named(String model) {
    int slash = model.indexOf('/') + 1;
    String prefix = PREFIXES.get(model.substring(0, slash));
    String name = prefix == null ? model : prefix + model.substring(slash);
    return entries().containsKey(name) ? model : name;
  }

  /** Adds the prices of long requests; a kind without one keeps its usual price. */
  private void tiers(String model, Map<?, ?> values, String suffix, Map<String, Object> entry)
      throws IOException {
    TreeSet<Integer> thousands = new TreeSet<>();
    for (Object key : values.keySet()) {
      Matcher above = ABOVE.matcher(String.valueOf(key));
      if (above.find()) {
        thousands.add(Integer.parseInt(above.group(1)));
      }
    }
    List<Object> tiers = new ArrayList<>();
    for (int each : thousands) {
      Map<String, Object> own = prices(model, values, "_above_" + each + "k_tokens", suffix);
      if (!own.isEmpty()) {
        Map<String, Object> tier = new LinkedHashMap<>();
        tier.put("input-tokens", each * THOUSAND);
        tier.putAll(entry);
        tier.putAll(own);
        tier.remove("above");
        tier.putIfAbsent("input", BigDecimal.ZERO);
        tier.putIfAbsent("output", BigDecimal.ZERO);
        tiers.add(tier);
      }
    }
    if (!tiers.isEmpty()) {
      entry.put("above", tiers);
    }
  }

  private Map<String, Object> prices(String model, Map<?, ?> values, String tier, String suffix)
      throws IOException {
    Map<String, Object> prices = new LinkedHashMap<>();
    for (String kind : new TreeSet<>(KINDS.keySet())) {
      String key = kind + tier + suffix;
      @Nullable BigDecimal price = price(model + "." + key, values.get(key), PER_MILLION);
      if (price != null) {
        prices.put(KINDS.getOrDefault(kind, kind), price);
      }
    }
    return prices;
  }
}
