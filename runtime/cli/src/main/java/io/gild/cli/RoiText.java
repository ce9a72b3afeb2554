package io.gild.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** The savings of a fleet, for people, with everything that they assume. */
final class RoiText {

  private final List<RoiAgent> watched;
  private final RoiEstimate.Stated stated;
  private final @Nullable String cheaperModel;
  private final RoiEstimate estimate;

  RoiText(
      List<RoiAgent> watched,
      RoiEstimate.Stated stated,
      @Nullable String cheaperModel,
      RoiEstimate estimate) {
    this.watched = watched;
    this.stated = stated;
    this.cheaperModel = cheaperModel;
    this.estimate = estimate;
  }

  List<String> lines() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("In a month", "value", "5 % to 95 %"));
    rows.add(row("calls of models", estimate.calls(), RoiText::count));
    rows.add(row("cost now", estimate.cost(), RoiText::dollars));
    rows.add(row("saved by a cache of the same requests", estimate.cached(), RoiText::dollars));
    if (cheaperModel != null) {
      rows.add(row("saved by " + cheaperModel, estimate.routed(), RoiText::dollars));
    }
    rows.add(row("answers that retries save, their cost", estimate.retried(), RoiText::dollars));
    rows.add(row("cost then", estimate.after(), RoiText::dollars));
    rows.add(row("saved in all", estimate.saved(), RoiText::dollars));
    rows.add(row("failed calls now", estimate.failed(), RoiText::count));
    rows.add(row("failed calls then", estimate.failedAfter(), RoiText::count));
    List<String> lines = new ArrayList<>(Columns.of(rows));
    lines.add("");
    lines.add("Assumed:");
    List<String> assumptions = assumptions();
    for (int i = 0; i < assumptions.size(); i++) {
      lines.add("%2d. %s".formatted(i + 1, assumptions.get(i)));
    }
    lines.add("");
    lines.add(
        "Not counted: the time of people, outages, wrong answers, the semantic cache, what Gild's own operation costs.");
    return lines;
  }

  /** Returns what the figures assume, one sentence each. */
  List<String> assumptions() {
    List<String> all = new ArrayList<>();
    if (stated.agents() > watched.size()) {
      all.add(
          "The %d agents that were not watched are like the %d that were; the range says how much these differ, not whether they were well chosen."
              .formatted(stated.agents() - watched.size(), watched.size()));
    }
    all.add(
        stated.callsPerMonth() > 0
            ? "The fleet makes "
                + NumberText.count(stated.callsPerMonth())
                + " calls in a month, as stated."
            : "The time that was watched, %s or more for each agent, is like the rest of the month."
                .formatted(
                    NumberText.seconds(
                        watched.stream().mapToDouble(RoiAgent::seconds).min().orElse(0))));
    all.add(
        "A repeated request costs as much as an average one, and an answer stays right for the time that was watched.");
    all.add(
        "Attempts fail independently of each other, so that %d of them leave a share of failures to the power of %d; during an outage they do not. A failed request costs nothing."
            .formatted(stated.attempts(), stated.attempts()));
    if (cheaperModel != null) {
      all.add(
          "%s answers %s of the requests that are not repeated as well, as stated, with as many tokens. Measure this with golden tasks."
              .formatted(
                  cheaperModel,
                  String.format(Locale.ROOT, "%.0f %%", 100 * stated.cheaperShare())));
    }
    long unpriced = watched.stream().mapToLong(RoiAgent::unpriced).sum();
    if (unpriced > 0) {
      all.add(
          "%s of models without a known price cost nothing here: add prices and take the inventory again."
              .formatted(NumberText.count(unpriced, "call")));
    }
    return all;
  }

  private static List<String> row(
      String what, RoiEstimate.Figure figure, DoubleFunction<String> form) {
    String range =
        figure.low() == figure.high()
            ? "-"
            : form.apply(figure.low()) + " to " + form.apply(figure.high());
    return List.of(what, form.apply(figure.value()), range);
  }

  private static String count(double number) {
    return NumberText.count(Math.round(number));
  }

  private static String dollars(double usd) {
    return NumberText.dollars(BigDecimal.valueOf(usd));
  }
}
