package io.gild.demo;

import io.gild.testkit.LoggedRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Scores a run: answers by the questions' true intents, requests and money by the provider's log.
 * Latencies include all questions, also the failed ones.
 */
final class RunScorer {

  private final Workload workload;

  RunScorer(Workload workload) {
    this.workload = workload;
  }

  /**
   * Scores a run.
   *
   * @param given the intents the models named for a question, or null if they were not recorded
   */
  Figures score(Run run, @Nullable Function<String, Set<String>> given) {
    Map<String, Reply> replies = new HashMap<>();
    run.replies().forEach(reply -> replies.put(reply.id(), reply));
    Tally tally = new Tally();
    for (Question question : workload.questions()) {
      tally.add(question, replies.get(question.id()), given);
    }
    boolean logged = !run.log().isEmpty();
    List<Double> millis = tally.millis.stream().sorted().toList();
    return new Figures(
        workload.questions().size(),
        tally.correct,
        tally.wrong,
        given == null ? null : tally.wrongCached,
        tally.failed,
        logged ? cost(run.log()) : null,
        logged ? run.log().size() : null,
        percentile(millis, 0.50),
        percentile(millis, 0.95),
        percentile(millis, 0.99),
        run.seconds(),
        models(run.log()),
        outcomes(run.log()),
        tally.errors,
        run.gild());
  }

  /** Returns what one logged request cost. */
  static BigDecimal cost(LoggedRequest request) {
    return DemoModel.named(request.model())
        .cost(request.promptTokens(), request.completionTokens());
  }

  /** Returns the nearest-rank percentile of sorted values; 0 if there are none. */
  static double percentile(List<Double> sorted, double share) {
    if (sorted.isEmpty()) {
      return 0;
    }
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }

  private static BigDecimal cost(List<LoggedRequest> log) {
    return log.stream().map(RunScorer::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Map<String, Integer> models(List<LoggedRequest> log) {
    Map<String, Integer> models = new TreeMap<>();
    log.stream()
        .filter(LoggedRequest::succeeded)
        .forEach(request -> models.merge(request.model(), 1, Integer::sum));
    return models;
  }

  private static Map<String, Integer> outcomes(List<LoggedRequest> log) {
    Map<String, Integer> outcomes = new TreeMap<>();
    log.forEach(request -> outcomes.merge(request.fault().name(), 1, Integer::sum));
    return outcomes;
  }

  /** Counts answers while they are read. */
  private static final class Tally {

    private int correct;
    private int wrong;
    private int wrongCached;
    private int failed;
    private final List<Double> millis = new ArrayList<>();
    private final Map<String, Integer> errors = new TreeMap<>();

    void add(
        Question question, @Nullable Reply reply, @Nullable Function<String, Set<String>> given) {
      if (reply == null) {
        failed++;
        errors.merge("no reply", 1, Integer::sum);
        return;
      }
      millis.add(reply.millis());
      if (reply.answer() == null) {
        failed++;
        errors.merge(reply.errorName(), 1, Integer::sum);
      } else if (question.intent().equals(reply.intent())) {
        correct++;
      } else {
        wrong++;
        if (given != null
            && !given.apply(question.text()).contains(String.valueOf(reply.intent()))) {
          wrongCached++;
        }
      }
    }
  }
}
