package io.gild.benchmarks;

import io.gild.config.Json;
import io.gild.routing.Complexity;
import io.gild.routing.TierLearner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * How much of the gap between a small and a large model a router recovers, on answers of both that
 * are known: APGR as of RouteLLM (Ong et al. 2024), the area under the quality over the share of
 * calls to the large model, at 11 shares, with 0 for the small and 1 for the large model.
 */
final class RouterQuality {

  private static final int SHARES = 10;
  private static final int SEEDS = 5;

  /** A question, its subject, and how good the answers of both models are. */
  record Question(String prompt, String domain, double small, double large) {

    static Question of(Map<?, ?> line, String where) {
      return new Question(
          String.valueOf(line.get("prompt")),
          line.get("domain") == null ? "" : String.valueOf(line.get("domain")),
          quality(line, "weak", where),
          quality(line, "strong", where));
    }

    private static double quality(Map<?, ?> line, String model, String where) {
      Object correct = line.get(model + "_correct");
      if (correct instanceof Boolean flag) {
        return flag ? 1 : 0;
      }
      if (correct instanceof Number number) {
        return number.doubleValue();
      }
      if (line.get(model + "_scores") instanceof List<?> scores && !scores.isEmpty()) {
        return scores.stream()
            .mapToDouble(each -> ((Number) each).doubleValue())
            .average()
            .orElseThrow();
      }
      throw new IllegalArgumentException(
          where + " has neither " + model + "_correct nor " + model + "_scores");
    }
  }

  private final List<Question> questions;

  RouterQuality(Path file) throws IOException {
    List<Question> all = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        String where = file + ", line " + (i + 1);
        if (!(Json.read(lines.get(i)) instanceof Map<?, ?> line) || line.get("prompt") == null) {
          throw new IllegalArgumentException(where + " has no prompt");
        }
        all.add(Question.of(line, where));
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(file + " has no questions");
    }
    questions = List.copyOf(all);
  }

  int size() {
    return questions.size();
  }

  int domains() {
    return domainNames().size();
  }

  private Set<String> domainNames() {
    Set<String> names = new LinkedHashSet<>();
    questions.forEach(each -> names.add(each.domain()));
    return names;
  }

  double random() {
    double sum = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      sum += apgr(questions, each -> random.nextDouble());
    }
    return sum / SEEDS;
  }

  double length() {
    return apgr(questions, each -> each.prompt().split("\\s+").length);
  }

  double complexity() {
    return apgr(questions, each -> Complexity.of(each.prompt()));
  }

  /** Returns the mean APGR of questions that were not among the labelled ones, drawn at random. */
  double learned(int labels) {
    double sum = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      List<Question> shuffled = new ArrayList<>(questions);
      Collections.shuffle(shuffled, new Random(seed));
      sum += learned(shuffled.subList(0, labels), shuffled.subList(labels, shuffled.size()));
    }
    return sum / SEEDS;
  }

  /** Returns the mean APGR of subjects without any labelled question; half of them are labelled. */
  double learnedByDomain(int labels) {
    double sum = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      List<String> names = new ArrayList<>(domainNames());
      Collections.shuffle(names, new Random(seed));
      Set<String> labelled = new HashSet<>(names.subList(0, names.size() / 2));
      List<Question> known = new ArrayList<>();
      List<Question> unknown = new ArrayList<>();
      questions.forEach(each -> (labelled.contains(each.domain()) ? known : unknown).add(each));
      Collections.shuffle(known, new Random(seed));
      sum += learned(known.subList(0, Math.min(labels, known.size())), unknown);
    }
    return sum / SEEDS;
  }

  private static double learned(List<Question> labelled, List<Question> asked) {
    TierLearner small = new TierLearner(0.45, 0.9);
    labelled.forEach(each -> small.learn(each.prompt(), each.small() > 0.5));
    return apgr(asked, each -> 1 - small.probability(each.prompt()));
  }

  /** Returns the APGR of a score, which is high where the large model is needed. */
  static double apgr(List<Question> questions, ToDoubleFunction<Question> score) {
    record Scored(Question question, double score) {}
    List<Scored> scored = new ArrayList<>();
    questions.forEach(each -> scored.add(new Scored(each, score.applyAsDouble(each))));
    scored.sort(Comparator.comparingDouble((Scored each) -> each.score()).reversed());
    double[] gained = new double[scored.size() + 1];
    for (int i = 0; i < scored.size(); i++) {
      Question question = scored.get(i).question();
      gained[i + 1] = gained[i] + question.large() - question.small();
    }
    double area = 0;
    for (int share = 0; share < SHARES; share++) {
      double from = gained[Math.round(scored.size() * share / (float) SHARES)];
      double to = gained[Math.round(scored.size() * (share + 1) / (float) SHARES)];
      area += (from + to) / 2 / SHARES;
    }
    return area / gained[scored.size()];
  }
}
