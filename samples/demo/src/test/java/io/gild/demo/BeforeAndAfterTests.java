package io.gild.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BeforeAndAfterTests {

  private final BeforeAndAfter comparison = Fixtures.comparison();

  @Test
  void isWrittenAsJsonWithPlainFieldNames() throws Exception {
    JsonNode json = JsonMappers.MAPPER.readTree(comparison.toJson());

    assertThat(json.at("/before/successRate").asDouble()).isEqualTo(0.9);
    assertThat(json.at("/before/costUsd").asDouble()).isEqualTo(360 * 0.0007);
    assertThat(json.at("/before/httpRequests").asInt()).isEqualTo(400);
    assertThat(json.at("/before/p95Millis").asDouble()).isGreaterThan(100);
    assertThat(json.at("/before/cacheHits").isNull()).isTrue();
    assertThat(json.at("/after/failed").asInt()).isZero();
    assertThat(json.at("/after/cacheHits").asInt()).isEqualTo(200);
    assertThat(json.at("/after/breakerEvents/opened").asInt()).isEqualTo(1);
    assertThat(json.at("/after/modelMix/gpt-4o-mini").asInt()).isPositive();
    assertThat(json.at("/after/httpAttemptsMatch").asBoolean()).isTrue();
    assertThat(json.at("/setting/repeatShare/exact").isNumber()).isTrue();
  }

  @Test
  void isShownAsATable() {
    assertThat(ComparisonTable.of(comparison))
        .contains("answered correctly     360  (90.00 %)")
        .contains("400  (100.00 %)")
        .contains("200  (50.0 %)")
        .contains("1 opened, 3 refused")
        .contains("✔ HTTP attempts counted by Gild = requests in the provider's log (200 = 200)");
  }

  @Test
  void reportsADifferenceBetweenTheCounts() {
    Run run = Fixtures.after().run();
    Run miscounted =
        new Run(run.label(), run.replies(), run.log(), Fixtures.report(199), run.seconds());
    Figures figures = new RunScorer(Fixtures.WORKLOAD).score(miscounted, null);

    assertThat(Rows.attempts(figures)).startsWith("✘").contains("199 ≠ 200");
  }

  @Test
  void showsMissingFiguresOfGild() {
    Run run = Fixtures.after().run();
    Run silent = new Run(run.label(), run.replies(), run.log(), GildReport.none(), run.seconds());
    Figures figures = new RunScorer(Fixtures.WORKLOAD).score(silent, null);

    assertThat(Rows.attempts(figures)).contains("not reported");
    assertThat(figures.toJson().path("cacheHits").isNull()).isTrue();
  }

  @Test
  void showsARunWithoutAnAfterRun() throws Exception {
    BeforeAndAfter half = new BeforeAndAfter(comparison.setting(), comparison.before(), null);

    assertThat(JsonMappers.MAPPER.readTree(half.toJson()).path("after").isNull()).isTrue();
    assertThat(ComparisonTable.of(half)).contains("no after run");
    assertThat(DemoPage.of(half)).contains("no after run");
  }

  @Test
  void isASelfContainedPage() throws Exception {
    String page = DemoPage.of(comparison);
    Files.writeString(Path.of("target", "sample-report.html"), page);

    assertThat(page).doesNotContain("{{", "http://", "https://", "<script", "NaN", "Infinity");
    assertThat(page.split("<svg", -1)).hasSize(6);
    assertThat(page).contains("prefers-color-scheme: dark").contains("<title>before correct: 360");
  }
}
