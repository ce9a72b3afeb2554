package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTests {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final PriceTable table = PriceTable.of(Settings.defaults());

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-pro, 200000, 1000, '', 0.26",
    "gemini-2.5-pro, 200001, 1000, '', 0.5150025",
    "gemini-2.5-pro, 200001, 1000, batch, 0.25750125",
    "claude-sonnet-4-5, 300000, 1000, '', 1.8225",
    "gpt-5, 1000000, 1000000, '', 11.25",
    "gpt-5, 1000000, 1000000, default, 11.25",
    "gpt-5, 1000000, 1000000, batch, 5.625",
    "gpt-5, 1000000, 1000000, FLEX, 5.625",
    "gpt-5, 1000000, 1000000, priority, 22.5",
    "gpt-4.1, 1000000, 0, priority, 3.5"
  })
  void costsByTheTierOfTheContextAndTheService(
      String model, long input, long output, String service, BigDecimal usd) {
    Price price = table.find(model).orElseThrow().at(NOON, service);

    assertThat(price.cost(Usage.of(input, output))).isEqualByComparingTo(usd);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T16:29:59.999Z, 0.27",
    "2026-11-22T16:30:00Z, 0.135",
    "2026-11-22T23:59:59Z, 0.135",
    "2026-11-23T00:00:00Z, 0.135",
    "2026-11-23T00:29:59Z, 0.135",
    "2026-11-23T00:30:00Z, 0.27",
    "2026-03-29T01:30:00Z, 0.27"
  })
  void costsLessInTheOffPeakHoursAcrossMidnight(Instant time, BigDecimal usd) {
    Price price = table.find("deepseek-chat").orElseThrow().at(time, null);

    assertThat(price.cost(Usage.of(1_000_000, 0))).isEqualByComparingTo(usd);
  }

  @Test
  void costsWhatItDoesFromADayOn() {
    Price price =
        price(
            "timed: [{from: 2026-08-17, input: 3, output: 4}, {from: 2026-09-01, hours:"
                + " '22:00-02:00', days: [sat], zone: Europe/Berlin, input: 5, output: 6}]");

    assertThat(input(price, "2026-08-16T23:59:59Z")).isEqualByComparingTo("1");
    assertThat(input(price, "2026-08-17T00:00:00Z")).isEqualByComparingTo("3");
    assertThat(input(price, "2026-11-21T20:59:59Z")).as("a Saturday").isEqualByComparingTo("3");
    assertThat(input(price, "2026-11-21T21:00:00Z")).isEqualByComparingTo("5");
    assertThat(input(price, "2026-11-22T00:30:00Z")).as("the same night").isEqualByComparingTo("5");
    assertThat(input(price, "2026-11-22T01:00:00Z")).isEqualByComparingTo("3");
    assertThat(input(price, "2026-11-22T21:00:00Z")).as("a Sunday").isEqualByComparingTo("3");
  }

  @Test
  void writesToTheCacheForMinutesAndForAnHour() {
    Usage usage =
        Usage.of(1_000_000, 0)
            .with(TokenKind.CACHE_WRITE, 600_000)
            .with(TokenKind.CACHE_WRITE_HOUR, 100_000)
            .with(TokenKind.CACHED_INPUT, 300_000);
    Price price = table.find("claude-sonnet-4-6").orElseThrow();

    assertThat(price.at(NOON, null).cost(usage))
        .as("0.1 of 3, 0.5 of 3.75, 0.1 of 6, 0.3 of 0.3")
        .isEqualByComparingTo("2.865");
    assertThat(price.at(NOON, "batch").cost(usage)).isEqualByComparingTo("1.4325");
  }

  @Test
  void countsAudioAtItsOwnPrice() {
    Usage usage =
        Usage.of(1_000_000, 1_000_000)
            .with(TokenKind.INPUT_AUDIO, 1_000_000)
            .with(TokenKind.OUTPUT_AUDIO, 500_000);

    assertThat(table.find("gpt-4o-audio-preview").orElseThrow().cost(usage))
        .as("1 of 40, 0.5 of 10, 0.5 of 80")
        .isEqualByComparingTo("85");
  }

  @Test
  void aServiceMayHavePricesOfItsOwn() {
    Price price = price("services: {priority: {input: 9, output: 8}}").at(NOON, "priority");

    assertThat(price.cost(Usage.of(1_000_000, 1_000_000))).isEqualByComparingTo("17");
  }

  @Test
  void theCostsOfTheKindsSumToTheCost() {
    Random random = new Random(19);
    List<String> models = List.copyOf(table.models());
    for (int i = 0; i < 2_000; i++) {
      Price price =
          table
              .find(models.get(random.nextInt(models.size())))
              .orElseThrow()
              .at(NOON.plusSeconds(random.nextInt(100_000)), random.nextBoolean() ? "batch" : null);
      Usage usage = Usage.of(kind -> random.nextInt(400_000)).contained();

      assertThat(price.costs(usage).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo(price.cost(usage));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input: -1, output: 1 | input must not be negative",
        "input: 2000000, output: 1 | input must be at most 1000000",
        "input: .nan, output: 1 | input must be a number",
        "input: cheap, output: 1 | input must be a number",
        "input: 1 | output is missing",
        "input: 1, output: 1, inptu: 2 | unknown key",
        "input: 1, output: 1, above: [{input-tokens: 0, input: 1, output: 1}] | input-tokens must",
        "input: 1, output: 1, above: [{input-tokens: 9, input: 1}] | output is missing",
        "input: 1, output: 1, timed: [{input: 1, output: 1}] | from is missing",
        "input: 1, output: 1, timed: [{hours: 9-17, input: 1, output: 1}] | hours must be such as",
        "input: 1, output: 1, timed: [{from: soon, input: 1, output: 1}] | from must be",
        "input: 1, output: 1, timed: [{days: [noday], input: 1, output: 1}] | days must be",
        "input: 1, output: 1, services: {batch: {}} | factor is missing",
        "input: 1, output: 1, services: {batch: {factor: -1}} | factor must not be negative"
      })
  void saysWhatIsWrongAndWhere(String yaml, String message) {
    assertThatThrownBy(
            () -> Settings.builder().yaml("gild.yaml", "prices: {mine: {" + yaml + "}}").build())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("prices.mine")
        .hasMessageContaining(message);
  }

  private static BigDecimal input(Price price, String time) {
    return price.at(Instant.parse(time), null).input();
  }

  private static Price price(String parts) {
    return find("prices: {mine: {input: 1, output: 2, " + parts + "}}", null, "mine");
  }

  private static Price find(String yaml, @Nullable String provider, String model) {
    return PriceTable.of(Settings.builder().yaml("gild.yaml", yaml).build())
        .find(provider, model)
        .orElseThrow();
  }

  @Test
  void theProvidersOwnPriceComesFirst() {
    String yaml =
        "prices: {open: {input: 1, output: 1}, groq/open: {input: 2, output: 2},"
            + " bedrock/open: {input: 3, output: 3}}";

    assertThat(find(yaml, "groq", "open").input()).isEqualByComparingTo("2");
    assertThat(find(yaml, "groq", "acme/open-20260131").input()).isEqualByComparingTo("2");
    assertThat(find(yaml, "aws.bedrock", "us.acme.open-v1:0").input()).isEqualByComparingTo("3");
    assertThat(find(yaml, "another", "open").input()).isEqualByComparingTo("1");
    assertThat(find(yaml, null, "open").input()).isEqualByComparingTo("1");
  }

  @Test
  void aDeploymentHasThePriceOfItsModel() {
    String yaml = "pricing: {aliases: {my-deployment: gpt-4o}}";

    assertThat(find(yaml, null, "my-deployment").input()).isEqualByComparingTo("2.5");
    assertThat(find(yaml, "azure.ai.openai", "azure/my-deployment").input())
        .isEqualByComparingTo("2.5");
  }

  @Test
  void anUnknownModelMayCostAsTheDearestOne() {
    PriceTable report = PriceTable.of(Settings.defaults());
    PriceTable highest =
        PriceTable.of(
            Settings.builder()
                .yaml(
                    "gild.yaml",
                    "{pricing: {unknown: highest}, prices: {acme/a: {input: 1, output: 7},"
                        + " acme/b: {input: 3, output: 2, above: [{input-tokens: 9, input: 5,"
                        + " output: 2}]}}}")
                .build());

    assertThat(report.estimate("acme", "new")).isEmpty();
    assertThat(highest.estimate("acme", "new").orElseThrow().cost(Usage.of(1_000_000, 1_000_000)))
        .isEqualByComparingTo("12");
    assertThat(highest.estimate(null, "unheard-of").orElseThrow().input())
        .as("o1-pro")
        .isEqualByComparingTo("150");
  }
}
