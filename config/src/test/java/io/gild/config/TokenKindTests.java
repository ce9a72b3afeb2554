package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of token, also one that is added, has its names and its price. */
class TokenKindTests {

  static List<TokenKind> priced() {
    return Arrays.stream(TokenKind.values()).filter(TokenKind::isPriced).toList();
  }

  @Test
  void haveTheKeysOfPricesInTheSettings() {
    Map<?, ?> schema = (Map<?, ?>) Json.read(SettingsSchema.json());
    Object prices = at(schema, "properties", "prices", "additionalProperties", "properties");

    assertThat(((Map<?, ?>) prices).keySet().stream().map(String::valueOf))
        .filteredOn(key -> !List.of("above", "timed", "services").contains(key))
        .containsExactlyInAnyOrderElementsOf(priced().stream().map(TokenKind::key).toList());
  }

  @Test
  void haveUniqueNames() {
    List<Function<TokenKind, Object>> names =
        List.of(TokenKind::key, TokenKind::field, TokenKind::type);
    for (Function<TokenKind, Object> name : names) {
      assertThat(Arrays.stream(TokenKind.values()).map(name)).doesNotHaveDuplicates();
    }
    assertThat(Arrays.stream(TokenKind.values()).map(TokenKind::attribute).filter(Objects::nonNull))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("priced")
  void costTheirOwnPriceOnce(TokenKind kind) {
    assertThat(price(kind, 1000).cost(only(kind, 7))).isEqualByComparingTo("0.007");
  }

  @ParameterizedTest
  @EnumSource
  void costAsTheContainingKindWithoutAPrice(TokenKind kind) {
    for (TokenKind at = kind; at != null; at = at.whole()) {
      if (at.isPriced()) {
        assertThat(price(at, 1000).cost(only(kind, 7))).isEqualByComparingTo("0.007");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("priced")
  void rejectNegativePrices(TokenKind kind) {
    assertThatThrownBy(() -> price(kind, -1))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(kind.key() + " must not be negative, but is -1");
  }

  /** Returns a usage of which all tokens are of one kind. */
  private static Usage only(TokenKind kind, long tokens) {
    Usage usage = Usage.NONE;
    for (TokenKind at = kind; at != null; at = at.whole()) {
      usage = usage.with(at, tokens);
    }
    return usage;
  }

  /** Reads the price of a model whose tokens cost one dollar a million, but for those of a kind. */
  private static Price price(TokenKind kind, int dollars) {
    Map<String, Integer> prices = new TreeMap<>(Map.of("input", 1, "output", 1));
    prices.put(kind.key(), dollars);
    String yaml = "prices: {mine: " + prices.toString().replace("=", ": ") + "}";
    Settings settings = Settings.builder().yaml("gild.yaml", yaml).build();
    return PriceTable.of(settings).find("mine").orElseThrow();
  }

  private static Object at(Map<?, ?> json, String... path) {
    Object value = json;
    for (String key : path) {
      value = ((Map<?, ?>) value).get(key);
    }
    return value;
  }
}
