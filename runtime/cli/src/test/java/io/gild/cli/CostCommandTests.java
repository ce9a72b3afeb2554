package io.gild.cli;

import static io.gild.config.TokenKind.CACHED_INPUT;
import static io.gild.config.TokenKind.CACHE_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.config.Usage;
import io.gild.core.Attribution;
import io.gild.core.CostDimension;
import io.gild.ledger.FolderLedger;
import io.gild.ledger.LedgerEntry;
import io.gild.ledger.LedgerEntry.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CostCommandTests {

  private static final Instant NOW = Instant.now();

  @TempDir Path data;
  private String out = "";
  private String err = "";
  private final List<LedgerEntry> entries = new ArrayList<>();

  private int run(String... words) {
    StringWriter written = new StringWriter();
    StringWriter failed = new StringWriter();
    String[] whole =
        Stream.concat(Stream.of(words), Stream.of("--data", data.toString()))
            .toArray(String[]::new);
    int status =
        new CommandLine(new CostCommand())
            .setOut(new PrintWriter(written))
            .setErr(new PrintWriter(failed))
            .execute(whole);
    out = written.toString();
    err = failed.toString();
    return status;
  }

  private void add(
      Kind kind, Duration ago, @Nullable String usd, Map<CostDimension, String> values) {
    boolean saves = kind == Kind.SAVING;
    entries.add(
        new LedgerEntry(
            NOW.minus(ago),
            "test",
            entries.size() + 1,
            kind,
            new Attribution(values),
            1,
            Usage.of(1_000, 50),
            usd == null ? null : new BigDecimal(usd),
            1,
            false,
            saves ? new LedgerEntry.Saving("cache", "m", new BigDecimal("0.5")) : null,
            Map.of()));
  }

  private void usage(String agent, String tenant, Duration ago, String usd) {
    add(
        Kind.USAGE,
        ago,
        usd,
        Map.of(
            CostDimension.AGENT,
            agent,
            CostDimension.TENANT,
            tenant,
            CostDimension.MODEL,
            "gpt-4o-mini"));
  }

  private void write() throws IOException {
    try (FolderLedger ledger = new FolderLedger(data.resolve("ledger"), 1 << 20)) {
      ledger.append(entries);
    }
  }

  private void fill() throws IOException {
    usage("support", "acme", Duration.ofHours(1), "1.005");
    usage("support", "umbrella", Duration.ofHours(2), "2.0000001");
    usage("sales", "acme", Duration.ofDays(3), "0.25");
    usage("sales", "acme", Duration.ofDays(90), "100");
    add(Kind.WASTE, Duration.ofHours(1), "1.005", Map.of(CostDimension.AGENT, "support"));
    add(Kind.SAVING, Duration.ofHours(1), "0.5", Map.of(CostDimension.AGENT, "support"));
    add(Kind.USAGE, Duration.ofHours(1), null, Map.of(CostDimension.MODEL, "house"));
    write();
  }

  @Test
  void saysWhatToDoWithoutALedger() throws Exception {
    assertThat(run()).isEqualTo(1);
    assertThat(err)
        .contains("there is no ledger in " + data.resolve("ledger"))
        .contains("ledger.enabled: true");
    Files.createDirectories(data.resolve("ledger"));
    assertThat(run("--format", "json")).isEqualTo(1);
    assertThat(out).isEmpty();
  }

  @Test
  void showsSpendersWasteSavingsAndWhatIsMissing() throws Exception {
    fill();

    assertThat(run()).isZero();

    assertThat(err).isEmpty();
    assertThat(out)
        .contains("$3.26 in 4 requests, 4,000 tokens in, 200 tokens out")
        .containsPattern("agent +model +requests +tokens in +tokens out +cost +share +wasted")
        .containsPattern("support +gpt-4o-mini +2 +2,000 +100 +\\$3.01 +92.3 % +\\$0.00")
        .containsPattern("\\(unknown\\) +house +1 ")
        .contains("Wasted on failed attempts: $1.01 in 1 request")
        .contains("Saved: $0.50")
        .contains("No price is known for house (1 request)")
        .contains("No forecast: it needs 7 whole days");
  }

  @Test
  void tellsApartByOtherThingsAndFilters() throws Exception {
    fill();

    assertThat(run("--by", "tenant", "--where", "agent=support", "--format", "csv")).isZero();

    assertThat(out.lines())
        .containsExactly(
            "tenant,requests,input_tokens,output_tokens,usd,unpriced_requests,wasted_requests,"
                + "wasted_usd,shadow_usd,saved_usd",
            "umbrella,1,1000,50,2.0000001,0,0,0,0,0",
            "acme,1,1000,50,1.005,0,0,0,0,0",
            ",0,0,0,0,0,1,1.005,0,0.5");
  }

  @Test
  void hashesTheNameOfAUserBeforeItFilters() throws Exception {
    usage("support", "acme", Duration.ofHours(1), "1");
    write();
    assertThat(run("--where", "user=ann")).isZero();
    assertThat(out).contains("$0.00 in 0 requests");
  }

  @Test
  void countsOlderRequestsOnlyIfAsked() throws Exception {
    fill();
    assertThat(run("--last", "100d", "--format", "json")).isZero();
    Map<?, ?> report = (Map<?, ?>) Json.read(out);
    Map<?, ?> total = (Map<?, ?>) report.get("total");
    assertThat(String.valueOf(total.get("usd"))).isEqualTo("103.2550001");
    assertThat(total.get("unpricedRequests")).hasToString("1");
    assertThat((List<?>) report.get("trend")).hasSizeBetween(90, 92);
  }

  @Test
  void reportsWhatTheCachesOfProvidersSaved() throws Exception {
    addCached("claude-sonnet-4-5", Usage.of(1_000_000, 0).with(CACHED_INPUT, 800_000));
    addCached("claude-haiku-4-5", Usage.of(1_000_000, 0).with(CACHE_WRITE, 1_000_000));
    addCached("house", Usage.of(1_000, 0));
    write();
    assertThat(run("--advise")).isZero();
    assertThat(out)
        .containsPattern("desk +claude-sonnet-4-5 +1,000,000 +80.0 % +0.0 % +\\$2.16")
        .containsPattern("desk +claude-haiku-4-5 +1,000,000 +0.0 % +100.0 % +-\\$0.25")
        .containsPattern("desk +house +1,000 +0.0 % +0.0 % +-\\n");
  }

  private void addCached(String model, Usage usage) {
    entries.add(
        new LedgerEntry(
            NOW,
            "test",
            entries.size() + 1,
            Kind.USAGE,
            new Attribution(Map.of(CostDimension.AGENT, "desk", CostDimension.MODEL, model)),
            1,
            usage,
            null,
            1,
            false,
            null,
            Map.of()));
  }

  @Test
  void forecastsTheMonthFromWholeDays() throws Exception {
    for (int day = 0; day < 30; day++) {
      usage("support", "acme", Duration.ofDays(day), "2");
    }
    write();
    assertThat(run()).isZero();
    assertThat(out)
        .containsPattern("Forecast for \\w+: \\$\\d+\\.\\d\\d, with a probability of 90 %");
  }

  @Test
  void drawsAPictureWithoutReferences() throws Exception {
    usage("<script>alert(1)</script>", "acme", Duration.ofHours(1), "1");
    write();
    assertThat(run("--format", "svg")).isZero();
    assertThat(out)
        .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
        .contains("prefers-color-scheme: dark")
        .contains("&lt;script&gt;")
        .doesNotContain("<script", "href", "url(");
  }

  @Test
  void keepsFormulasOutOfSpreadsheets() throws Exception {
    usage("=cmd|'/c calc'!A1", "a\"b,c", Duration.ofHours(1), "1");
    write();
    assertThat(run("--by", "agent,tenant", "--format", "csv")).isZero();
    assertThat(out).contains("'=cmd|'/c calc'!A1,\"a\"\"b,c\",1,");
  }

  @Test
  void reportsLinesThatCannotBeReadAndTheRest() throws Exception {
    fill();
    Path file;
    try (Stream<Path> files = Files.list(data.resolve("ledger"))) {
      file = files.sorted().reduce((first, last) -> last).orElseThrow();
    }
    Files.writeString(file, "{\"time\":\"20", StandardOpenOption.APPEND);
    assertThat(run()).isZero();
    assertThat(err).contains("cannot be read and stays as it is");
    assertThat(out).contains("in 4 requests");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--by agnet | Did you mean \"agent\"?",
        "--where tenant | --where must be NAME=VALUE",
        "--where tenat=a | Did you mean \"tenant\"?",
        "--since yesterday | --since must be a date",
        "--last 1fortnight | fortnight",
        "--trend weak | --trend must be one of hour, day, month",
        "--zone Mars | --zone must be a time zone",
        "--top 0 | --top must be >= 1",
        "--since 2999-01-01 | --since must not be after the end"
      })
  void rejectsQuestionsThatHaveNoAnswer(String words, String message) throws Exception {
    fill();
    assertThat(run(words.split(" "))).isEqualTo(1);
    assertThat(err).contains(message);
  }
}
