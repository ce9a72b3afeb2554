package io.gild.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class RolloutPictureTests {

  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private static final Map<String, @Nullable Object> SLOWER =
      Map.of("name", "latency-p95", "verdict", "FAIL", "reason", "it is <slower> & dearer");

  private final List<RolloutEvent> events = new ArrayList<>();

  private void event(long second, RolloutState state, int share, String reason) {
    event(second, state, share, reason, List.of());
  }

  private void event(
      long second,
      RolloutState state,
      int share,
      String reason,
      List<Map<String, @Nullable Object>> verdicts) {
    events.add(
        new RolloutEvent(
            events.size() + 1,
            START.plusSeconds(second),
            state,
            share,
            share,
            "",
            "gild",
            reason,
            verdicts));
  }

  private RolloutRecord record() {
    RolloutEvent last = events.get(events.size() - 1);
    return new RolloutRecord(
        "support-2",
        "support",
        1,
        "1",
        "2",
        last.state(),
        START,
        last.share(),
        last.achieved(),
        last.reason(),
        "",
        events);
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  @Test
  void drawsEachDecisionAndNamesTheCriterionThatEndedIt() throws Exception {
    event(0, RolloutState.RUNNING, 1_000, "started");
    event(60, RolloutState.ROLLING_BACK, 0, "slower", List.of(SLOWER));
    event(61, RolloutState.ROLLED_BACK, 0, "slower", List.of(SLOWER));

    Document svg = parse(RolloutPicture.of(record()).svg());

    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(3);
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("10 %", "taken back: latency-p95", "60.0 s: rolling back");
  }

  @Test
  void drawsARolloutThatHasOnlyStarted() throws Exception {
    event(0, RolloutState.STARTING, 0, "started by ada");

    assertThat(parse(RolloutPicture.of(record()).svg()).getDocumentElement().getTextContent())
        .contains("starting")
        .doesNotContain("NaN");
  }

  @Test
  void drawsWeeksWithFewTicks() throws Exception {
    event(0, RolloutState.RUNNING, 100, "started");
    event(40 * 86_400, RolloutState.PAUSED, 100, "nothing decided it");

    Document svg = parse(RolloutPicture.of(record()).svg());

    assertThat(svg.getElementsByTagName("text").getLength()).isLessThan(20);
  }

  @Test
  void marksWhatHappenedBesideTheDecisions() {
    event(0, RolloutState.RUNNING, 1_000, "started");
    event(60, RolloutState.PROMOTED, 10_000, "good");

    assertThat(RolloutPicture.of(record()).withMark(START.minusSeconds(5), "kill -9 & co").svg())
        .contains("kill -9 &amp; co");
  }

  @Test
  void writesTextsOfOthersAsTextIntoThePage() {
    event(0, RolloutState.ROLLING_BACK, 0, "<script>", List.of(SLOWER));

    String page = RolloutPage.titled("Rollout <2>").with(RolloutPicture.of(record()), "").html();

    assertThat(page)
        .contains("Rollout &lt;2&gt;", "it is &lt;slower&gt; &amp; dearer", "<details open>")
        .doesNotContain("<script>", "{{");
  }

  @Test
  void namesWhoTookItBack() {
    event(0, RolloutState.ROLLING_BACK, 0, "guard: error rate 60 %");
    assertThat(RolloutPicture.cause(events.get(0))).isEqualTo("guard");

    RolloutEvent asked =
        new RolloutEvent(
            1, START, RolloutState.ROLLING_BACK, 0, 0, "", "ada", "customers", List.of(SLOWER));
    assertThat(RolloutPicture.cause(asked)).isEqualTo("ada");
  }
}
