package io.gild.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The stream of customers' questions: drawn from the excerpt by Zipf's law, because some questions
 * are asked again and again, and partly reworded, as by real customers. It depends on the seed and
 * the number of questions only.
 */
record Workload(List<Question> questions) {

  /** Zipf's exponent; 1 would be a log of web queries, 0 no repetition but by chance. */
  static final double EXPONENT = 0.7;

  /** The share of questions that are not asked in the plain wording. */
  static final double REWORDED = 0.45;

  /** How many different questions there are to draw from, for each question drawn. */
  private static final double DIFFERENT = 0.44;

  Workload {
    questions = List.copyOf(questions);
  }

  static Workload create(int size, long seed) {
    Random random = new Random(seed);
    List<Question> ranked = new ArrayList<>(Excerpt.questions());
    Collections.shuffle(ranked, random);
    double[] cumulated = cumulatedWeights(poolOf(size, ranked.size()));
    List<Question> stream = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Question drawn = ranked.get(draw(cumulated, random));
      stream.add(new Question("q" + i, wording(random).of(drawn.text()), drawn.intent()));
    }
    return new Workload(stream);
  }

  /** Returns the share of questions whose text was asked before, letter by letter. */
  double exactRepeats() {
    return repeats(text -> text);
  }

  /**
   * Returns the share of questions that repeat an earlier one except for case, punctuation and
   * spaces.
   */
  double normalisedRepeats() {
    return repeats(Wording::normalised);
  }

  /** Returns the share of questions that were asked before in any wording. */
  double sameQuestionRepeats() {
    return repeats(Wording::question);
  }

  /** Writes the stream as the agent reads it: ids and texts, no intents. */
  void write(Path file) throws IOException {
    String lines =
        questions.stream()
            .map(question ->
                JsonMappers.MAPPER
                    .createObjectNode()
                    .put("id", question.id())
                    .put("text", question.text())
                    .toString())
            .collect(Collectors.joining("\n", "", "\n"));
    Files.writeString(file, lines);
  }

  private double repeats(UnaryOperator<String> key) {
    Set<String> seen = new HashSet<>();
    long fresh =
        questions.stream().filter(question -> seen.add(key.apply(question.text()))).count();
    return 1 - (double) fresh / questions.size();
  }

  private static Wording wording(Random random) {
    if (random.nextDouble() >= REWORDED) {
      return Wording.PLAIN;
    }
    return Wording.values()[1 + random.nextInt(Wording.values().length - 1)];
  }

  /** A short stream draws from fewer questions, so that it repeats about as much as a long one. */
  private static int poolOf(int size, int available) {
    return Math.max(1, Math.min(available, (int) Math.round(size * DIFFERENT)));
  }

  private static double[] cumulatedWeights(int size) {
    double[] cumulated = new double[size];
    double sum = 0;
    for (int rank = 0; rank < size; rank++) {
      sum += Math.pow(rank + 1, -EXPONENT);
      cumulated[rank] = sum;
    }
    return cumulated;
  }

  private static int draw(double[] cumulated, Random random) {
    double point = random.nextDouble() * cumulated[cumulated.length - 1];
    int rank = 0;
    while (cumulated[rank] <= point) {
      rank++;
    }
    return rank;
  }
}
