package io.gild.config;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The prices of models, under all their names. Immutable. */
@Experimental
public final class PriceTable {

  private static final int MOST_RELATIVES = 3;
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[-.:@]");

  private final Map<String, Price> prices;

  private static final class ShippedPrices {
    static final Map<String, Price> VALUE = read();

    private static Map<String, Price> read() {
      Problems problems = new Problems();
      Binder binder = new Binder(problems);
      Origin origin = Origin.of("shipped prices.yaml");
      PolicyTree tree = PolicyTree.fromJson(Shipped.text("prices.json"), origin);
      Map<String, Price> prices = new LinkedHashMap<>();
      for (String model : tree.keys()) {
        Price price =
            binder.bind(Price.class, tree.child(model), PolicyTree.empty(), model, origin);
        if (price != null) {
          prices.put(model, price);
        }
      }
      problems.throwIfAny();
      return prices;
    }
  }

  /**
   * Returns what models cost by the settings: the shipped prices, with the settings' own over them.
   *
   * @param settings the settings
   * @return the table
   */
  public static PriceTable of(Settings settings) {
    Map<String, Price> all = new LinkedHashMap<>(ShippedPrices.VALUE);
    all.putAll(settings.get(Price.SECTION));
    return new PriceTable(all);
  }

  PriceTable(Map<String, Price> prices) {
    this.prices = new LinkedHashMap<>(prices);
  }

  /**
   * Finds the price of a model: under its own name, then without the provider's in front ({@code
   * openai/}, {@code models/}, {@code us.anthropic.}), each as it is and without the date, revision
   * or {@code latest} behind it ({@code gpt-4o-2024-08-06} is a {@code gpt-4o}). Any other name,
   * such as {@code gpt-4o-mini-tts}, is another model and has no price.
   *
   * <p>Free models are found by their exact name or with a tag ({@code qwen3:8b}) alone, so that no
   * hosted model is taken for a local one. Everything behind {@code ollama/} is free, unless its
   * tag ends with {@code cloud}.
   *
   * @param model the name a client or provider uses
   * @return the price, or empty if it is unknown
   */
  public Optional<Price> find(String model) {
    Price exact = prices.get(model);
    if (exact != null) {
      return Optional.of(exact);
    }
    if (isLocal(model)) {
      return Optional.of(Price.FREE);
    }
    for (String name : ModelNames.withoutProvider(model)) {
      Price found = listed(ModelNames.aliases(name));
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the listed names that are most like one without a price, for a person to choose from.
   *
   * @param model the name without a price
   * @return at most three names, the nearest first; empty if none has even the first word of it
   */
  public List<String> relatives(String model) {
    List<String> names = ModelNames.withoutProvider(model);
    String bare = names.get(names.size() - 1).toLowerCase(Locale.ROOT);
    Comparator<String> nearest =
        Comparator.comparingInt((String name) -> -commonWords(name, bare))
            .thenComparingInt(String::length)
            .thenComparing(Comparator.naturalOrder());
    return prices.keySet().stream()
        .filter(name -> commonWords(name, bare) > 0)
        .sorted(nearest)
        .limit(MOST_RELATIVES)
        .toList();
  }

  /**
   * Returns the listed names.
   *
   * @return the names, in the order of the table
   */
  public Set<String> models() {
    return Set.copyOf(prices.keySet());
  }

  private boolean isLocal(String model) {
    if (model.endsWith("cloud")) {
      return false;
    }
    if (model.startsWith("ollama/") || model.startsWith("ollama_chat/")) {
      return true;
    }
    int tag = model.indexOf(':');
    Price untagged = tag < 0 ? null : prices.get(model.substring(0, tag));
    return untagged != null && untagged.free();
  }

  private @Nullable Price listed(Set<String> names) {
    for (String name : names) {
      Price price = prices.get(name);
      if (price != null && !price.free()) {
        return price;
      }
    }
    return null;
  }

  /** Counts the words that two names begin with. */
  private static int commonWords(String a, String b) {
    String[] first = BETWEEN_WORDS.split(a);
    String[] second = BETWEEN_WORDS.split(b);
    int at = 0;
    while (at < Math.min(first.length, second.length)
        && !first[at].isEmpty()
        && first[at].equals(second[at])) {
      at++;
    }
    return at;
  }
}
