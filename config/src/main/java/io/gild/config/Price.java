package io.gild.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs, in USD per million tokens.
 *
 * @param input price of tokens sent; zero or more
 * @param output price of tokens received; zero or more
 * @param cachedInput price of tokens sent that the provider had cached; {@code null} means as input
 * @param cacheWrite price of tokens that the provider wrote to its cache; {@code null} means as
 *     input
 * @param cacheWriteHour price of tokens that it wrote to its one-hour cache; {@code null} means as
 *     {@code cacheWrite}
 * @param inputAudio price of tokens sent that are audio; {@code null} means as input
 * @param outputAudio price of tokens received that are audio; {@code null} means as output
 * @param above prices of whole requests with many input tokens; the highest tier that a request is
 *     above is its own
 * @param timed prices from a day on, or in some hours; the last one that applies wins
 * @param services prices by service tiers such as {@code batch}, {@code flex} and {@code priority}
 */
@Experimental
public record Price(
    BigDecimal input,
    BigDecimal output,
    @Nullable BigDecimal cachedInput,
    @Nullable BigDecimal cacheWrite,
    @Nullable BigDecimal cacheWriteHour,
    @Nullable BigDecimal inputAudio,
    @Nullable BigDecimal outputAudio,
    List<PriceTier> above,
    List<TimedPrice> timed,
    Map<String, ServicePrice> services) {

  private static final TokenKind[] KINDS = TokenKind.values();
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

  /** The section {@code prices}: prices by model, over the shipped ones. */
  public static final Section<Map<String, Price>> SECTION =
      Section.mapOf("prices", Price.class)
          .optional(Price.class, optionalKeys())
          .optional(PriceTier.class, optionalKeys())
          .optional(TimedPrice.class, optionalKeys("from", "hours", "zone"))
          .optional(ServicePrice.class, optionalKeys("factor", "input", "output"));

  /** The price of models that run locally. */
  public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO);

  /** Checks the values. */
  public Price {
    above = List.copyOf(above);
    timed = List.copyOf(timed);
    services = Map.copyOf(services);
    check(input, output, cachedInput, cacheWrite, cacheWriteHour, inputAudio, outputAudio);
    long before = 0;
    for (PriceTier tier : above) {
      if (tier.inputTokens() <= before) {
        throw new IllegalArgumentException("above must be sorted by input-tokens, without doubles");
      }
      before = tier.inputTokens();
    }
  }

  /**
   * Creates a price that depends on nothing but the kinds of tokens.
   *
   * @param input price of tokens sent; zero or more
   * @param output price of tokens received; zero or more
   * @param cachedInput price of cached tokens; {@code null} means as input
   * @param cacheWrite price of tokens written to a cache; {@code null} means as input
   * @param cacheWriteHour price of those kept for an hour; {@code null} means as {@code cacheWrite}
   * @param inputAudio price of audio sent; {@code null} means as input
   * @param outputAudio price of audio received; {@code null} means as output
   */
  public Price(
      BigDecimal input,
      BigDecimal output,
      @Nullable BigDecimal cachedInput,
      @Nullable BigDecimal cacheWrite,
      @Nullable BigDecimal cacheWriteHour,
      @Nullable BigDecimal inputAudio,
      @Nullable BigDecimal outputAudio) {
    this(
        input,
        output,
        cachedInput,
        cacheWrite,
        cacheWriteHour,
        inputAudio,
        outputAudio,
        List.of(),
        List.of(),
        Map.of());
  }

  /**
   * Creates a price that depends on the direction alone.
   *
   * @param input price of tokens sent; zero or more
   * @param output price of tokens received; zero or more
   */
  public Price(BigDecimal input, BigDecimal output) {
    this(input, output, null, null, null, null, null);
  }

  /**
   * Returns the price of requests at a moment in a service tier.
   *
   * @param time when the answer arrived
   * @param service the provider's word for the tier; {@code null} or one that has no price means
   *     the standard one
   * @return a price without timed prices and services
   */
  public Price at(Instant time, @Nullable String service) {
    if (timed.isEmpty() && services.isEmpty()) {
      return this;
    }
    Price present =
        new Price(input, output, cachedInput, cacheWrite, cacheWriteHour, inputAudio, outputAudio)
            .withAbove(above);
    for (TimedPrice each : timed) {
      present = each.applies(time) ? each.price() : present;
    }
    ServicePrice own = service == null ? null : services.get(service.toLowerCase(Locale.ROOT));
    return own == null ? present : own.of(present);
  }

  /** Returns the price of requests with so many input tokens. */
  private Price ofRequest(long inputTokens) {
    Price price = this;
    for (PriceTier tier : above) {
      price = inputTokens > tier.inputTokens() ? tier.price() : price;
    }
    return price;
  }

  Price withAbove(List<PriceTier> tiers) {
    return new Price(
        input,
        output,
        cachedInput,
        cacheWrite,
        cacheWriteHour,
        inputAudio,
        outputAudio,
        tiers,
        List.of(),
        Map.of());
  }

  Price times(BigDecimal factor) {
    List<PriceTier> tiers = new ArrayList<>();
    for (PriceTier tier : above) {
      tiers.add(tier.times(factor));
    }
    return new Price(
            input.multiply(factor),
            output.multiply(factor),
            times(cachedInput, factor),
            times(cacheWrite, factor),
            times(cacheWriteHour, factor),
            times(inputAudio, factor),
            times(outputAudio, factor))
        .withAbove(tiers);
  }

  private static @Nullable BigDecimal times(@Nullable BigDecimal price, BigDecimal factor) {
    return price == null ? null : price.multiply(factor);
  }

  /**
   * Returns what a request costs, exactly: at the prices of its tier, if it has many input tokens.
   *
   * @param usage what it sent and received
   * @return USD
   */
  public BigDecimal cost(Usage usage) {
    Price price = ofRequest(usage.inputTokens());
    BigDecimal cost = BigDecimal.ZERO;
    for (TokenKind kind : KINDS) {
      long tokens = kind.isPriced() ? usage.charged(kind) : 0;
      if (tokens > 0) {
        cost = cost.add(price.of(kind).multiply(BigDecimal.valueOf(tokens)));
      }
    }
    return cost.movePointLeft(6);
  }

  /**
   * Returns what a call costs by kind of token, exactly: each token is in one kind. Reasoning has
   * the price of output, and is a part of its own.
   *
   * @param usage what it sent and received
   * @return USD by kind, whose sum is the {@linkplain #cost cost}; kinds without tokens are absent
   */
  public Map<TokenKind, BigDecimal> costs(Usage usage) {
    Price price = ofRequest(usage.inputTokens());
    Map<TokenKind, BigDecimal> costs = new EnumMap<>(TokenKind.class);
    long reasoning = Math.min(usage.get(TokenKind.REASONING), usage.charged(TokenKind.OUTPUT));
    for (TokenKind kind : KINDS) {
      long tokens =
          switch (kind) {
            case REASONING -> reasoning;
            case OUTPUT -> usage.charged(kind) - reasoning;
            default -> usage.charged(kind);
          };
      if (tokens > 0) {
        costs.put(kind, price.of(kind).multiply(BigDecimal.valueOf(tokens)).movePointLeft(6));
      }
    }
    return costs;
  }

  /**
   * Returns what a call costs, rounded to billionths of a dollar.
   *
   * @param usage what it sent and received
   * @return nano-USD: 1 USD is 1,000,000,000
   */
  public long nanoUsd(Usage usage) {
    return cost(usage).movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  /** Returns the highest price of each kind, whenever and in whichever tier it is. */
  static Price highest(Iterable<Price> prices) {
    Map<TokenKind, BigDecimal> most = new EnumMap<>(TokenKind.class);
    for (Price price : prices) {
      price.raise(most);
      price.above.forEach(tier -> tier.price().raise(most));
      for (TimedPrice each : price.timed) {
        each.price().raise(most);
        each.above().forEach(tier -> tier.price().raise(most));
      }
    }
    return new Price(
        most.getOrDefault(TokenKind.INPUT, BigDecimal.ZERO),
        most.getOrDefault(TokenKind.OUTPUT, BigDecimal.ZERO),
        most.get(TokenKind.CACHED_INPUT),
        most.get(TokenKind.CACHE_WRITE),
        most.get(TokenKind.CACHE_WRITE_HOUR),
        most.get(TokenKind.INPUT_AUDIO),
        most.get(TokenKind.OUTPUT_AUDIO));
  }

  private void raise(Map<TokenKind, BigDecimal> most) {
    for (TokenKind kind : KINDS) {
      most.merge(kind, of(kind), BigDecimal::max);
    }
  }

  boolean free() {
    return input.signum() == 0 && output.signum() == 0;
  }

  /**
   * Returns the price of a kind, or else that of the kind that contains it.
   *
   * @param kind a kind of tokens
   * @return USD per million tokens
   */
  public BigDecimal of(TokenKind kind) {
    BigDecimal own = own(kind);
    TokenKind whole = kind.whole();
    return own == null && whole != null ? of(whole) : Objects.requireNonNull(own);
  }

  private @Nullable BigDecimal own(TokenKind kind) {
    return switch (kind) {
      case INPUT -> input;
      case OUTPUT -> output;
      case CACHED_INPUT -> cachedInput;
      case CACHE_WRITE -> cacheWrite;
      case CACHE_WRITE_HOUR -> cacheWriteHour;
      case INPUT_AUDIO -> inputAudio;
      case OUTPUT_AUDIO -> outputAudio;
      case REASONING -> null;
    };
  }

  /**
   * Returns the keys of parts; a plain loop, because a stream before main would cost milliseconds.
   */
  private static String[] optionalKeys(String... others) {
    List<String> keys = new ArrayList<>(List.of(others));
    for (TokenKind kind : KINDS) {
      if (kind.isPriced() && kind.whole() != null) {
        keys.add(kind.key());
      }
    }
    return keys.toArray(new String[0]);
  }

  /** Checks prices of tokens, in the order of the components. */
  static void check(@Nullable BigDecimal... prices) {
    int at = 0;
    for (TokenKind kind : KINDS) {
      if (kind.isPriced()) {
        check(prices[at++], kind);
      }
    }
  }

  private static void check(@Nullable BigDecimal value, TokenKind kind) {
    if (value != null && value.signum() < 0) {
      throw new IllegalArgumentException(
          kind.key() + " must not be negative, but is " + value.toPlainString());
    }
    if (value != null && value.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          kind.key() + " must be at most 1000000 USD per million tokens, but is " + value);
    }
  }
}
