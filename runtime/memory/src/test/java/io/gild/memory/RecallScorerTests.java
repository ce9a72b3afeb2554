package io.gild.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecallScorerTests {

  private static final Duration LONG_AGO = Duration.ofDays(365_000);
  private static final RecallScorer SCORER =
      new RecallScorer(
          new RecallWeights(1, 0.5, 0.4, 0.25, 0.3, 0.6, 0.05, 0.2, Duration.ofDays(10), 0.1, 0.5));
  private static final RecallSignals NOTHING = statement(0, 0);

  @Test
  void addsTheWeightedSignals() {
    RecallSignals own = new RecallSignals(0.5, 0.8, 0.25, false, true, Duration.ofDays(20), 0.5);

    RecallScore score = SCORER.score(own, List.of(), List.of());

    assertThat(score.text()).isEqualTo(0.5);
    assertThat(score.similarity()).isEqualTo(0.4);
    assertThat(score.neighbours()).isZero();
    assertThat(score.session()).isEqualTo(0.15);
    assertThat(score.named()).isEqualTo(0.05);
    assertThat(score.recency()).isEqualTo(0.05);
    assertThat(score.importance()).isEqualTo(0.05);
    assertThat(score.question()).isZero();
    assertThat(score.total()).isCloseTo(1.2, within(1e-12));
  }

  @Test
  void givesNeighboursLessWithEachStepOnBothSides() {
    RecallSignals near = statement(0.5, 0);
    RecallSignals far = statement(0.25, 1);
    RecallSignals beyond = statement(1, 1);

    double before = SCORER.score(NOTHING, List.of(near, far, beyond), List.of()).neighbours();
    double after = SCORER.score(NOTHING, List.of(), List.of(near, far, beyond)).neighbours();

    assertThat(before).isCloseTo(0.4 * 0.5 + 0.1 * 0.75, within(1e-12));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void givesMoreToWhatFollowsAQuestion() {
    RecallSignals question = question(0.5);

    double answer = SCORER.score(NOTHING, List.of(question), List.of()).neighbours();
    double later = SCORER.score(NOTHING, List.of(NOTHING, question), List.of()).neighbours();
    double earlier = SCORER.score(NOTHING, List.of(), List.of(question)).neighbours();

    assertThat(answer).isCloseTo(0.4 * 0.5 + 0.3 * 0.5, within(1e-12));
    assertThat(later).isCloseTo(0.1 * 0.5, within(1e-12));
    assertThat(earlier).isCloseTo(0.4 * 0.5, within(1e-12));
  }

  @Test
  void takesAShareFromAQuestion() {
    RecallScore score = SCORER.score(question(0.5), List.of(statement(0.5, 0)), List.of());

    assertThat(score.question()).isCloseTo(-0.5 * (0.5 + 0.2), within(1e-12));
    assertThat(score.total()).isCloseTo(0.35, within(1e-12));
  }

  @Test
  void halvesRecencyWithEachHalfLife() {
    assertThat(recency(Duration.ZERO)).isEqualTo(0.2);
    assertThat(recency(Duration.ofDays(10))).isCloseTo(0.1, within(1e-12));
    assertThat(recency(Duration.ofDays(30))).isCloseTo(0.025, within(1e-12));
    assertThat(recency(Duration.ofSeconds(Long.MAX_VALUE))).isZero();
  }

  @Test
  void usesNoSignalWithoutWeight() {
    RecallScorer none =
        new RecallScorer(new RecallWeights(0, 0, 0, 0, 0, 0, 0, 0, Duration.ofNanos(1), 0, 0));
    RecallSignals all = new RecallSignals(1, 1, 1, true, true, Duration.ZERO, 1);

    assertThat(none.score(all, List.of(all), List.of(all)).total()).isZero();
  }

  @Test
  void ranksTheAnswerAboveItsQuestionByDefault() {
    RecallScorer byDefault = new RecallScorer(RecallWeights.ofDefaults());
    RecallSignals question = question(0.5);
    RecallSignals answer = statement(0.3, 0);

    assertThat(byDefault.score(answer, List.of(question), List.of()).total())
        .isGreaterThan(byDefault.score(question, List.of(), List.of(answer)).total());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 10.01, Double.NaN})
  void rejectsWeightsOutOfRange(double weight) {
    assertThatThrownBy(() ->
            new RecallWeights(1, 0.3, 0.4, 0.5, 0.3, weight, 0.05, 0, Duration.ofDays(30), 0, 0.1))
        .hasMessage("session must be from 0.0 to 10.0, but is " + weight);
  }

  @Test
  void rejectsAHalfLifeOfZero() {
    assertThatThrownBy(
            () -> new RecallWeights(1, 0.3, 0.4, 0.5, 0.3, 0.6, 0.05, 0, Duration.ZERO, 0, 0.1))
        .hasMessage("half-life must be above zero, but is PT0S");
  }

  @Test
  void rejectsSignalsOutOfRange() {
    assertThatThrownBy(() -> new RecallSignals(1.1, 0, 0, false, false, LONG_AGO, 0))
        .hasMessage("text must be from 0.0 to 1.0, but is 1.1");
    assertThatThrownBy(() -> new RecallSignals(0, Double.NaN, 0, false, false, LONG_AGO, 0))
        .hasMessage("similarity must be from 0.0 to 1.0, but is NaN");
    assertThatThrownBy(() -> new RecallSignals(0, 0, -1, false, false, LONG_AGO, 0))
        .hasMessageStartingWith("session must be from");
    assertThatThrownBy(() -> new RecallSignals(0, 0, 0, false, false, Duration.ofMillis(-1), 0))
        .hasMessage("age must not be negative, but is PT-0.001S");
    assertThatThrownBy(() -> new RecallSignals(0, 0, 0, false, false, LONG_AGO, 2))
        .hasMessageStartingWith("importance must be from");
  }

  private static double recency(Duration age) {
    RecallSignals own = new RecallSignals(0, 0, 0, false, false, age, 0);
    return SCORER.score(own, List.of(), List.of()).recency();
  }

  private static RecallSignals statement(double text, double similarity) {
    return new RecallSignals(text, similarity, 0, false, false, LONG_AGO, 0);
  }

  private static RecallSignals question(double text) {
    return new RecallSignals(text, 0, 0, true, false, LONG_AGO, 0);
  }
}
