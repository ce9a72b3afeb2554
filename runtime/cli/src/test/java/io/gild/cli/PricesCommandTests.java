package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.config.PriceTable;
import io.gild.config.Settings;
import io.gild.config.Usage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PricesCommandTests {

  private static final String LITELLM =
      """
      {"sample_spec": {"input_cost_per_token": "number"},
       "acme-1": {"input_cost_per_token": 1.25e-06, "output_cost_per_token": 1e-05,
         "cache_read_input_token_cost": 1.25e-07, "input_cost_per_audio_token": 4e-05,
         "input_cost_per_token_above_200k_tokens": 2.5e-06,
         "output_cost_per_token_above_200k_tokens": 1.5e-05,
         "input_cost_per_token_batches": 6.25e-07, "output_cost_per_token_batches": 5e-06,
         "input_cost_per_token_priority": 2.5e-06, "output_cost_per_token_priority": 2e-05,
         "max_tokens": 8192},
       "together_ai/acme-1": {"input_cost_per_token": 3e-06, "output_cost_per_token": 4e-06},
       "painter": {"output_cost_per_image": 0.04}}
      """;

  private static final String GENAI =
      """
      [{"id": "openai", "models": [{"id": "acme-2", "prices": {"input_mtok":
           {"base": 1, "tiers": [{"start": 200000, "price": 2}]}, "output_mtok": 8}}]},
       {"id": "aws", "models": [{"id": "acme-3", "prices": [
           {"prices": {"input_mtok": 3, "output_mtok": 4}},
           {"constraint": {"start_date": "2026-08-11"}, "prices": {"input_mtok": 5, "output_mtok": 6}},
           {"constraint": {"start_time": "16:30:00Z", "end_time": "00:30:00Z"},
            "prices": {"input_mtok": 1, "output_mtok": 2}}]}]}]
      """;

  @TempDir Path folder;
  private Path file;
  private Path target;
  private String out = "";
  private String err = "";

  @BeforeEach
  void names() {
    file = folder.resolve("list.json");
    target = folder.resolve("prices.yaml");
  }

  private int run(String... words) {
    StringWriter written = new StringWriter();
    StringWriter failed = new StringWriter();
    int status =
        new CommandLine(new PricesCommand())
            .setOut(new PrintWriter(written))
            .setErr(new PrintWriter(failed))
            .execute(words);
    out = written.toString();
    err = failed.toString();
    return status;
  }

  private int importing(String json) throws IOException {
    Files.writeString(file, json);
    return run("import", file.toString(), "--into", target.toString());
  }

  private BigDecimal cost(String provider, String model, String service, String time, Usage usage) {
    return PriceTable.of(Settings.load(target))
        .find(provider, model)
        .orElseThrow()
        .at(Instant.parse(time), service)
        .cost(usage);
  }

  @Test
  void importsTheListOfLiteLlm() throws IOException {
    assertThat(importing(LITELLM)).as(err).isZero();

    assertThat(out).contains("2 prices are in").contains("1 models have no price by token");
    String noon = "2026-11-22T12:00:00Z";
    Usage million = Usage.of(1_000_000, 1_000_000);
    assertThat(cost("", "acme-1", "", noon, Usage.of(100_000, 100_000)))
        .isEqualByComparingTo("1.125");
    assertThat(cost("", "acme-1", "", noon, million)).as("long").isEqualByComparingTo("17.5");
    assertThat(cost("", "acme-1", "batch", noon, Usage.of(100_000, 100_000)))
        .isEqualByComparingTo("0.5625");
    assertThat(cost("", "acme-1", "priority", noon, Usage.of(100_000, 100_000)))
        .isEqualByComparingTo("2.25");
    assertThat(cost("together", "acme-1", "", noon, million)).isEqualByComparingTo("7");
  }

  @Test
  void takesTheLastOfTwoEntriesAndSaysSo() throws IOException {
    String entry = "\"a\": {\"input_cost_per_token\": %s, \"output_cost_per_token\": 0}";
    assertThat(importing("{" + entry.formatted("1e-6") + ", " + entry.formatted("2e-6") + "}"))
        .isZero();

    assertThat(err).contains("a is there twice in " + file, "the last one counts");
    assertThat(cost("", "a", "", "2026-11-22T12:00:00Z", Usage.of(1_000_000, 0)))
        .isEqualByComparingTo("2");
  }

  @Test
  void namesAModelOfAnotherMakerByItsSeller() throws IOException {
    String provider =
        "{\"id\": \"%s\", \"models\": [{\"id\": \"m\", \"prices\": {\"input_mtok\": %s, \"output_mtok\": 0}}]}";
    assertThat(
            importing(
                "["
                    + provider.formatted("anthropic", "3")
                    + ","
                    + provider.formatted("google", "4")
                    + "]"))
        .as(err)
        .isZero();

    String noon = "2026-11-22T12:00:00Z";
    Usage million = Usage.of(1_000_000, 0);
    assertThat(cost("anthropic", "m", "", noon, million)).isEqualByComparingTo("3");
    assertThat(cost("google", "m", "", noon, million)).isEqualByComparingTo("4");
  }

  @Test
  void importsTheListOfGenaiPrices() throws IOException {
    assertThat(importing(GENAI)).as(err).isZero();

    Usage million = Usage.of(1_000_000, 1_000_000);
    assertThat(cost("openai", "acme-2", "", "2026-11-22T12:00:00Z", million))
        .isEqualByComparingTo("10");
    assertThat(cost("aws.bedrock", "acme-3", "", "2026-08-10T12:00:00Z", million))
        .isEqualByComparingTo("7");
    assertThat(cost("aws.bedrock", "acme-3", "", "2026-08-11T12:00:00Z", million))
        .isEqualByComparingTo("11");
    assertThat(cost("aws.bedrock", "acme-3", "", "2026-08-11T17:00:00Z", million))
        .isEqualByComparingTo("3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "not json | is not JSON",
        "{} | has no price by token",
        "[] | has no price by token",
        "\"text\" | is neither an object of models",
        "{\"a\": 7} | a must be an object, but is 7",
        "{\"a\": {\"input_cost_per_token\": -1e-6}} | a.input_cost_per_token must be from 0",
        "{\"a\": {\"input_cost_per_token\": 9}} | a.input_cost_per_token must be from 0",
        "{\"a\": {\"input_cost_per_token\": \"1\"}} | a.input_cost_per_token must be a number",
        "{\"a\": {\"input_cost_per_token\": NaN}} | is not JSON",
        "[{\"models\": []}] | a provider has no id",
        "[{\"id\": \"p\"}] | p.models must be a list",
        "[{\"id\": \"p\", \"models\": [{\"id\": \"m\", \"prices\": {\"input_mtok\": -1}}]}] | p/m.input_mtok",
        "[{\"id\": \"p\", \"models\": [{\"id\": \"m\", \"prices\": {\"input_mtok\": 1}}, {\"id\": \"m\", \"prices\": {\"input_mtok\": 2}}]}] | p/m is there twice"
      })
  void namesTheFileAndTheKeyThatIsWrong(String json, String message) throws IOException {
    assertThat(importing(json)).isEqualTo(1);

    assertThat(err).contains(file.toString()).contains(message);
    assertThat(target).doesNotExist();
  }

  @Test
  void rejectsAHugeFileWithoutReadingIt() throws IOException {
    try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(200L << 20);
    }

    assertThat(run("import", file.toString())).isEqualTo(1);
    assertThat(err).contains("has 209715200 bytes");
  }

  @Test
  void keepsAFileThatExists() throws IOException {
    Files.writeString(target, "mode: observe");

    assertThat(importing(LITELLM)).isEqualTo(1);
    assertThat(err).contains("exists");
    assertThat(target).hasContent("mode: observe");
  }

  @Test
  void importsOnlySomeModels() throws IOException {
    Files.writeString(file, LITELLM);

    assertThat(run("import", file.toString(), "--only", "together/*")).isZero();
    assertThat(out).contains("together/acme-1").doesNotContain("\"acme-1\"");
  }

  @Test
  void listsPricesWithTheirSourceAndDate() {
    assertThat(run("list", "--model", "gemini-2.5-pro")).isZero();
    assertThat(out).contains("gemini-2.5-pro: input 1.25, output 10 (@pydantic/genai-prices");

    assertThat(run("list", "--json")).isZero();
    List<?> all = (List<?>) Json.read(out);
    assertThat(all)
        .hasSizeGreaterThan(300)
        .allSatisfy(each -> {
          assertThat(((Map<?, ?>) each).get("date")).isNotNull();
        });
  }

  @Test
  void explainsTheEntryTheRuleAndTheArithmetic() {
    assertThat(
            run(
                "explain",
                "models/gemini-2.5-pro-001",
                "--input=300000",
                "--output=1000",
                "--service=batch"))
        .as(err)
        .isZero();
    assertThat(out.lines())
        .anyMatch(line -> line.startsWith("Entry gemini-2.5-pro,"))
        .contains(
            "Service batch",
            "More than 200000 input tokens",
            "input: 300000 tokens x 1.25 USD per million = 0.375 USD",
            "output: 1000 tokens x 7.5 USD per million = 0.0075 USD",
            "Total: 0.3825 USD");

    assertThat(run("explain", "deepseek-chat", "--at=2026-11-22T23:00:00Z")).isZero();
    assertThat(out).contains("hours 16:30-00:30").contains("Total: 0.685 USD");
  }

  @Test
  void neverExplainsAnUnknownModelAsFree() {
    assertThat(run("explain", "gpt-4o-mini-tts")).isEqualTo(1);
    assertThat(out).contains("its cost is unknown, not zero").contains("gpt-4o-mini");
  }
}
