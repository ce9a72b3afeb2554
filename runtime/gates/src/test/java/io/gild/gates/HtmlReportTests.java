package io.gild.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page, as a browser shows it. */
@DisabledIfEnvironmentVariable(named = "GILD_TESTED", matches = "portable")
class HtmlReportTests {

  private static final String ROW = "<tr class=\"task\" data-key=\"([^\"]*)\"";
  private static final Path CSS = Path.of("src/main/resources/io/gild/gates/report.css");

  /** Of all tests, so that the browser finds its profile made. */
  @TempDir private static Path folder;

  @Test
  void listsEveryTaskWithItsHistory() throws Exception {
    String dom = dom(SampleReport.of(60), "");

    assertThat(Chromium.all(ROW, dom)).hasSize(60).startsWith("support/refund-policy-8");
    assertThat(dom).contains("<span id=\"count\" role=\"status\">60 of 60</span>");
    assertThat(Chromium.all("aria-label=\"(\\d+ of \\d+ runs passed)\"", dom)).hasSize(60);
    assertThat(Chromium.all("<option value=\"(\\w+)\"", dom))
        .containsExactly("billing", "support", "travel", "de", "money", "smoke");
  }

  @Test
  void filtersByEverythingAtOnce() throws Exception {
    Report report = SampleReport.of(60);
    List<String> flaky =
        report.statistics().flaky().stream().map(task -> task.key().toString()).sorted().toList();

    assertThat(shown(report, "#outcome=flaky"))
        .hasSize(4)
        .containsExactlyInAnyOrderElementsOf(flaky);
    assertThat(shown(report, "#agent=travel&tag=smoke&q=BERN%20address"))
        .isNotEmpty()
        .allMatch(key -> key.startsWith("travel/change-address"));
    assertThat(shown(report, "#sort=-ms&outcome=passed")).first().isEqualTo(slowest(report));
    assertThat(dom(report, "#q=nothinglikethis")).contains("No task fits the filter.");
  }

  @Test
  void showsTheDifferenceOfExpectedAndActual() throws Exception {
    String dom = dom(SampleReport.of(60), "#q=refund-policy-2&open=support%2Frefund-policy-2");

    assertThat(dom)
        .contains("within <del>30</del><ins>14</ins> days")
        .contains(
            "<dt>check failed</dt>", "the text is not there", "com.acme.shop.support.Agent#answer");
  }

  @Test
  void neverRunsAnAgentsAnswer() throws Exception {
    Report report = SampleReport.of(12);
    String dom = dom(report, "#open=billing%2Fopening-hours");

    assertThat(dom)
        .contains("<title>Acme Shop: golden tasks</title>")
        .contains("&lt;script&gt;document.title='owned'")
        .doesNotContain("<img");
    assertThat(report.html()).doesNotContain("<script>document.title", "<img");
  }

  /** Even if a text were not escaped somewhere, the page's policy would keep it from running. */
  @Test
  void blocksAnInjectedScriptByTheContentSecurityPolicy() throws Exception {
    String page =
        SampleReport.of(12)
            .html()
            .replace("<main>", "<main><script>document.title = 'owned'</script>");
    Path file = Files.writeString(folder.resolve("planted.html"), page);
    String dom = new Chromium(folder).dom(file, "");

    assertThat(dom).contains("<title>Acme Shop: golden tasks</title>");
    assertThat(Chromium.all(ROW, dom)).hasSize(12);
  }

  @Test
  void worksWithThousandsOfResults() throws Exception {
    String dom = dom(SampleReport.of(2_000), "");

    assertThat(Chromium.all(ROW, dom)).hasSize(2_000);
    assertThat(dom).contains("2000 of 2000");
  }

  @Test
  void showsAnEmptyRun() throws Exception {
    Report report =
        Report.of("<b>\"odd\" & {{data}}", "", TestResults.NOW, Statistics.of(List.of()));

    assertThat(dom(report, "")).contains("0 of 0", "No task fits the filter.");
    assertThat(report.html()).contains("<h1>&lt;b&gt;&quot;odd&quot; &amp; {{data}}</h1>");
  }

  @Test
  void isSelfContained() {
    String html = SampleReport.of(30).html();

    assertThat(html).doesNotContain("src=\"", "href=\"", "@import", "url(", "fetch(", "http://127");
    assertThat(html.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http://", "https://");
    assertThat(html).contains("default-src 'none'");
  }

  /** WCAG 2.2, success criterion 1.4.3: text has a contrast of at least 4.5 to 1. */
  @ParameterizedTest
  @CsvSource({
    "ink, paper", "quiet, paper", "gold, paper", "bad, paper", "good, paper", "ink, raised",
    "gold, wash", "quiet, wash", "ink, wash", "bad, wash", "bad, bad-wash", "good, good-wash"
  })
  void hasEnoughContrastInLightAndDark(String text, String ground) throws IOException {
    String css = Files.readString(CSS);
    int dark = css.indexOf("prefers-color-scheme: dark");

    assertThat(contrast(css.substring(0, dark), text, ground)).isGreaterThanOrEqualTo(4.5);
    assertThat(contrast(css.substring(dark), text, ground)).isGreaterThanOrEqualTo(4.5);
  }

  private static double contrast(String css, String one, String other) {
    double[] luminance = {luminance(css, one), luminance(css, other)};
    return (Math.max(luminance[0], luminance[1]) + 0.05)
        / (Math.min(luminance[0], luminance[1]) + 0.05);
  }

  private static double luminance(String css, String name) {
    Matcher color = Pattern.compile("--" + name + ": #([0-9a-f]{6})").matcher(css);
    assertThat(color.find()).as(name).isTrue();
    double sum = 0;
    double[] weights = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(color.group(1).substring(2 * i, 2 * i + 2), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static String slowest(Report report) {
    return report.statistics().tasks().stream()
        .filter(task -> Reports.state(task).equals("passed"))
        .map(task -> Map.entry(task.key().toString(), task.latency()))
        .max(Map.Entry.comparingByValue())
        .orElseThrow()
        .getKey();
  }

  private static List<String> shown(Report report, String hash) throws Exception {
    return Chromium.all(ROW, dom(report, hash));
  }

  private static String dom(Report report, String hash) throws Exception {
    return new Chromium(folder).dom(report.write(folder.resolve("report")), hash);
  }
}
