package io.gild.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The prices of models, under all their names. Immutable. */
@Experimental
public final class PriceTable {

  private static final int MOST_RELATIVES = 3;
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[-.:@]");

  /** Those of the settings. */
  private final Map<String, Price> prices;

  private final PolicyTree own;
  private final Pricing pricing;

  /**
   * The shipped prices; each is bound when it is needed, because start-up must not wait for all.
   */
  private static final class ShippedPrices {

    private static final Origin ORIGIN = Origin.of("shipped prices.yaml");
    private static final PolicyTree TREE = PolicyTree.fromJson(Shipped.text("prices.json"), ORIGIN);
    private static final Set<String> NAMES = new LinkedHashSet<>(TREE.keys());
    private static final Map<String, Price> BOUND = new ConcurrentHashMap<>();

    private static @Nullable Price get(String model) {
      return NAMES.contains(model) ? BOUND.computeIfAbsent(model, ShippedPrices::bind) : null;
    }

    private static Price bind(String model) {
      Problems problems = new Problems();
      Price price =
          new Binder(problems)
              .bind(Price.class, TREE.child(model), PolicyTree.empty(), model, ORIGIN);
      problems.throwIfAny();
      return Objects.requireNonNull(price);
    }
  }

  /**
   * Returns what models cost by the settings: the shipped prices, with the settings' own over them.
   *
   * @param settings the settings
   * @return the table
   */
  public static PriceTable of(Settings settings) {
    return new PriceTable(
        settings.get(Price.SECTION),
        settings.values(Price.SECTION.key()),
        settings.get(Pricing.SECTION));
  }

  private PriceTable(Map<String, Price> prices, PolicyTree own, Pricing pricing) {
    this.prices = new LinkedHashMap<>(prices);
    this.own = own;
    this.pricing = pricing;
  }

  private @Nullable Price price(String listed) {
    Price price = prices.get(listed);
    return price == null ? ShippedPrices.get(listed) : price;
  }

  private boolean isListed(String model) {
    return prices.containsKey(model) || ShippedPrices.NAMES.contains(model);
  }

  private Map<String, Price> all() {
    Map<String, Price> all = new LinkedHashMap<>();
    for (String name : names()) {
      all.put(name, Objects.requireNonNull(price(name)));
    }
    return all;
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>(ShippedPrices.NAMES);
    names.addAll(prices.keySet());
    return names;
  }

  /**
   * Finds the price of a model that a provider serves: the provider's own one ({@code groq/...}),
   * or else that of the {@linkplain #find(String) model}.
   *
   * @param provider a name of OpenTelemetry's GenAI conventions; {@code null} if unknown
   * @param model the name a client or provider uses
   * @return the price, or empty if it is unknown
   */
  public Optional<Price> find(@Nullable String provider, String model) {
    Price price = listedName(provider, model).map(this::price).orElse(null);
    return price == null ? find(model) : Optional.of(price);
  }

  /**
   * Returns what a model without a price costs by the settings: if {@code pricing.unknown} is
   * {@code highest}, as much for each kind of token as the dearest model of the same provider, or
   * else of the models whose names begin with the same word, or else of all.
   *
   * @param provider a name of OpenTelemetry's GenAI conventions; {@code null} if unknown
   * @param model the name a client or provider uses
   * @return an estimate; empty if {@code pricing.unknown} is {@code report}
   */
  public Optional<Price> estimate(@Nullable String provider, String model) {
    if (pricing.unknown() == Pricing.Unknown.REPORT) {
      return Optional.empty();
    }
    List<String> names = ModelNames.withoutProvider(model);
    String bare = names.get(names.size() - 1).toLowerCase(Locale.ROOT);
    String prefix = provider == null ? "" : ModelNames.provider(provider) + "/";
    List<Price> same = new ArrayList<>();
    List<Price> similar = new ArrayList<>();
    Map<String, Price> all = all();
    all.forEach((name, price) -> {
      if (!prefix.isEmpty() && name.startsWith(prefix)) {
        same.add(price);
      } else if (!price.free() && commonWords(name, bare) > 0) {
        similar.add(price);
      }
    });
    if (same.isEmpty()) {
      same.addAll(similar.isEmpty() ? all.values() : similar);
    }
    return Optional.of(Price.highest(same));
  }

  private String real(String model) {
    String alias = pricing.alias(model);
    return alias == null ? model : alias;
  }

  /**
   * Returns the listed name whose price a model has, which is found as {@link #find(String,
   * String)} does.
   *
   * @param provider a name of OpenTelemetry's GenAI conventions; {@code null} if unknown
   * @param model the name a client or provider uses
   * @return the name; empty if the model has no price, or is a local one that is not listed
   */
  public Optional<String> listedName(@Nullable String provider, String model) {
    String own = provider == null ? null : name(ModelNames.provider(provider), real(model));
    return Optional.ofNullable(own == null ? name(model) : own);
  }

  /** Returns the listed name of a provider's own price; {@code null} if it has none. */
  private @Nullable String name(String provider, String model) {
    for (String name : ModelNames.withoutProvider(model)) {
      String found = listed(ModelNames.aliases(provider + "/" + name));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * Finds the price of a model: under its own name, then without the provider's in front ({@code
   * openai/}, {@code models/}, {@code us.anthropic.}), each as it is and without the date, revision
   * or {@code latest} behind it ({@code gpt-4o-2024-08-06} is a {@code gpt-4o}). Any other name,
   * such as {@code gpt-4o-mini-tts}, is another model and has no price.
   *
   * <p>The name of a deployment in {@code pricing.aliases} has the price of its model.
   *
   * <p>Free models are found by their exact name or with a tag ({@code qwen3:8b}) alone, so that no
   * hosted model is taken for a local one. Everything behind {@code ollama/} is free, unless its
   * tag ends with {@code cloud}.
   *
   * @param model the name a client or provider uses
   * @return the price, or empty if it is unknown
   */
  public Optional<Price> find(String model) {
    String name = name(model);
    Price price = name == null ? null : price(name);
    if (price != null) {
      return Optional.of(price);
    }
    return isLocal(model) ? Optional.of(Price.FREE) : Optional.empty();
  }

  /**
   * Returns where the price of a model is from, which is found as {@link #find} does.
   *
   * @param model the name a client or provider uses
   * @return the source, or empty if the price is unknown
   */
  public Optional<PriceSource> sourceOf(String model) {
    String name = name(model);
    if (name == null) {
      return isLocal(model) ? Optional.of(PriceSource.LOCAL) : Optional.empty();
    }
    return Optional.of(
        own.origin(name)
            .map(origin -> new PriceSource(origin.toString(), null))
            .orElse(PriceSource.SHIPPED));
  }

  /** Returns the listed name of a model's price; {@code null} if there is none. */
  private @Nullable String name(String given) {
    if (isListed(given)) {
      return given;
    }
    String model = real(given);
    if (isListed(model)) {
      return model;
    }
    if (!isLocal(model)) {
      for (String name : ModelNames.withoutProvider(model)) {
        String found = listed(ModelNames.aliases(name));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
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
    return names().stream()
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
    return Collections.unmodifiableSet(names());
  }

  private boolean isLocal(String model) {
    if (model.endsWith("cloud")) {
      return false;
    }
    if (model.startsWith("ollama/") || model.startsWith("ollama_chat/")) {
      return true;
    }
    int tag = model.indexOf(':');
    Price untagged = tag < 0 ? null : price(model.substring(0, tag));
    return untagged != null && untagged.free();
  }

  private @Nullable String listed(Set<String> names) {
    for (String name : names) {
      Price price = price(name);
      if (price != null && !price.free()) {
        return name;
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
