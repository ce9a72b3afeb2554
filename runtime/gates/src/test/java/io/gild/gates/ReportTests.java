package io.gild.gates;

import static io.gild.gates.TestResults.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.config.Settings;
import io.gild.gates.Gates.Stage;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportTests {

  @Test
  void showsTheGateAndFailuresOnTheConsole() {
    List<TaskResult> results = new ArrayList<>(TestResults.tasks("support", 7, 8));
    results.addAll(TestResults.runs("支援", "日本語", "J"));
    GateDecision decision =
        QualityGate.of(
                Stage.DEV_TO_STAGING,
                Settings.builder()
                    .yaml("gild.yaml", "gates: {dev-to-staging: {min-tasks: 5}}")
                    .build()
                    .get(Gates.SECTION)
                    .devToStaging())
            .judge(
                GateEvidence.of("1.2", NOW)
                    .results(results)
                    .agents(List.of(new AgentInfo("support", "Answers.", List.of())))
                    .build(),
                GateOverrides.NONE);
    Report report = Report.of("shop", "1.2", NOW, Statistics.of(results)).with(decision);

    assertThat(report.console())
        .isEqualTo(
            """
            Gate dev-to-staging: FAILED for version 1.2

              PASSED   tests      support  8 golden tasks            >= 5 golden tasks
              FAILED   tests      支援     1 golden task             >= 5 golden tasks
              PASSED   docs       support  in @Agent                 a description
              PASSED   pass-rate  support  87.5 %, proves >= 52.9 %  >= 80.0 % by rate
              BLOCKED  pass-rate  支援     not measured              >= 80.0 % by rate
              PASSED   undecided  support  0 of 8 runs (0.0 %)       <= 5.0 %
              BLOCKED  undecided  支援     1 of 1 run (100.0 %)      <= 5.0 %

              tests of 支援: Counted in the registry and the results.
                Write 4 more with @GoldenTask or in a file.

              pass-rate of support: 7 of 8 golden tasks passed. Decided by the rate alone: at 95 % confidence it proves only 52.9 %; 80 more golden tasks like these are needed, 88 in all.

              pass-rate of 支援: No golden task of the agent left a result with a verdict.
                Run the golden tasks before the gate, with io.gild:gild-evaluation among the test dependencies.

              undecided of 支援: 1 not judged, 0 skipped, 0 without a result.
                Run them again, all of them and with a judge that answers.

            Golden tasks

              agent    tasks  runs  passed  undecided  pass rate  95 % interval
              support  8      8     7       0          87.5 %     47.3 % to 99.7 %
              支援     1      1     0       1          0.0 %      0.0 % to 100.0 %

            Not passed (2)

              support/t007  0 of 1  failed        the answer does not contain "30 days"
              支援/日本語   0 of 0  judge failed  the answer does not contain "30 days"
            """);
  }

  @Test
  void writesEverythingAsJsonOfSchema1() {
    Report report = SampleReport.of(30);
    Map<?, ?> root = (Map<?, ?>) Json.read(report.json());

    assertThat(root.get("schema")).isEqualTo(1L);
    assertThat(((Map<?, ?>) root.get("gate")).get("verdict")).isEqualTo("FAILED");
    assertThat(((Map<?, ?>) root.get("summary")).get("tasks")).isEqualTo(30L);
    assertThat(((Map<?, ?>) root.get("baseline")).get("compared")).isEqualTo(28L);
    assertThat((List<?>) root.get("history")).hasSize(14);
    assertThat((List<?>) root.get("agents"))
        .extracting(agent -> ((List<?>) ((Map<?, ?>) agent).get("results")).size())
        .containsExactly(10, 10, 10);
  }

  @Test
  void junitXmlHasASuitePerAgentAndACasePerRun() throws Exception {
    List<TaskResult> results = new ArrayList<>();
    results.addAll(TestResults.runs("support", "a", "PF"));
    results.addAll(TestResults.runs("support", "b", "E"));
    results.addAll(TestResults.runs("support", "c", "T"));
    results.addAll(TestResults.runs("bad \"<agent>\" \u0007", "d", "JS"));
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new InputSource(
                    new StringReader(
                        Report.of("shop", "", NOW, Statistics.of(results)).junitXml())));
    Element odd = (Element) document.getElementsByTagName("testsuite").item(0);
    Element support = (Element) document.getElementsByTagName("testsuite").item(1);

    assertThat(document.getDocumentElement().getTagName()).isEqualTo("testsuites");
    assertThat(counts(document.getDocumentElement())).isEqualTo("6 1 2 2 0.720");
    assertThat(odd.getAttribute("name")).isEqualTo("bad \"<agent>\" ?");
    assertThat(counts(odd)).isEqualTo("2 0 0 2 0.240");
    assertThat(counts(support)).isEqualTo("4 1 2 0 0.480");
    assertThat(support.getAttribute("timestamp")).isEqualTo("2026-11-20T09:59:00");
    Element failed = (Element) support.getElementsByTagName("testcase").item(1);
    assertThat(failed.getAttribute("classname")).isEqualTo("support");
    assertThat(failed.getAttribute("name")).isEqualTo("a [2]");
    assertThat(failed.getAttribute("time")).isEqualTo("0.120");
    Element failure = (Element) failed.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message"))
        .isEqualTo("the answer does not contain \"30 days\"");
    assertThat(failure.getTextContent()).contains("expected: within 30 days\ngot: within 60 days");
    assertThat(support.getElementsByTagName("error").getLength()).isEqualTo(2);
    assertThat(odd.getElementsByTagName("skipped").getLength()).isEqualTo(2);
  }

  @Test
  void markdownNamesRegressionsFirst() {
    String markdown = SampleReport.of(60).markdown();

    assertThat(markdown)
        .startsWith(
            """
            ### Gate staging-to-production: FAILED

            **2 regressed**: `billing/opening-hours-7`, `support/refund-policy-8`

            1 repaired: `billing/opening-hours-8`

            Beside the baseline: McNemar mid-p 0.625;\
            """)
        .contains("| billing | 20 | 51 of 60 | 3 | 89.5 % |")
        .contains("<details open><summary>19 findings of the gate</summary>")
        .contains("| **FAILED** | docs | billing | none | a description |")
        .contains("<details><summary>4 golden tasks flaky</summary>");
  }

  @Test
  void escapesMarkdown() {
    assertThat(MarkdownReport.escape("# a|b `c` <img src=x> @team *x* [y](z)\nw"))
        .isEqualTo("\\# a\\|b \\`c\\` &lt;img src=x> @\u200bteam \\*x\\* \\[y\\](z) w");
  }

  @Test
  void writesFourFiles(@TempDir Path folder) {
    assertThat(SampleReport.of(6).write(folder.resolve("deep/report")))
        .isEqualTo(folder.resolve("deep/report/report.html"));
    for (String name : List.of("report.html", "report.json", "report.md", "junit.xml")) {
      assertThat(folder.resolve("deep/report").resolve(name))
          .satisfies(Files::size)
          .isNotEmptyFile();
    }
  }

  @Test
  void comparesWords() {
    assertThat(WordDiff.of("within 30 days, at most", "within 60 days").parts())
        .extracting(part -> part.side() + ":" + part.text())
        .containsExactly(
            "BOTH:within ", "EXPECTED:30", "GOT:60", "BOTH: days", "EXPECTED:, at most");
    assertThat(WordDiff.of("", "new").parts())
        .containsExactly(new WordDiff.Part(WordDiff.Side.GOT, "new"));
    assertThat(WordDiff.of("x ".repeat(2_000), "y").parts()).hasSize(2);
    assertThat(WordDiff.of("gr\u00fc\u00dfe \uD83D\uDE00", "gr\u00fc\u00dfe \uD83D\uDE01").parts())
        .extracting(WordDiff.Part::text)
        .containsExactly("gr\u00fc\u00dfe ", "\uD83D\uDE00", "\uD83D\uDE01");
  }

  @Test
  void measuresTextInCellsOfATerminal() {
    assertThat(TextTable.width("日本")).isEqualTo(4);
    assertThat(TextTable.width("e\u0301")).isEqualTo(1);
    assertThat(TextTable.line("one\ntwo  three", 80)).isEqualTo("one two three");
    assertThat(TextTable.line("日本語のテスト", 7)).isEqualTo("日本語…");
  }

  private static String counts(Element element) {
    return String.join(
        " ",
        element.getAttribute("tests"),
        element.getAttribute("failures"),
        element.getAttribute("errors"),
        element.getAttribute("skipped"),
        element.getAttribute("time"));
  }
}
