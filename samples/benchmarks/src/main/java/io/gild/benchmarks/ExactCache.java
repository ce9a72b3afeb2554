package io.gild.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gild.config.Json;
import io.gild.config.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The exact cache beside Caffeine alone: what a hit takes, and how much of a log of queries it
 * answers.
 */
final class ExactCache {

  private static final int HITS = 5_000_000;
  private static final int QUESTIONS = 1_000;
  private static final int[] SIZES = {100, 1_000, 10_000};

  private ExactCache() {}

  static Row hit(String name, int rounds) {
    Samples ours = new Samples();
    Samples other = new Samples();
    String[] questions = new String[QUESTIONS];
    for (int i = 0; i < questions.length; i++) {
      questions[i] = "what is the refund policy for item number " + i + "?";
    }
    GovernedEcho agent = new GovernedEcho(Policies.of(GovernedEcho.cache(10 * QUESTIONS, false)));
    Cache<String, String> alone = caffeine(10 * QUESTIONS);
    for (int i = 0; i < rounds; i++) {
      ours.add(time(questions, agent::answer), Double.NaN);
      other.add(time(questions, question -> alone.get(question, "answer to "::concat)), Double.NaN);
    }
    return new Row(
        name + " / Caffeine alone",
        "ns",
        ours.score(),
        other.score(),
        "%,d questions, all of them cached".formatted(QUESTIONS));
  }

  private static Cache<String, String> caffeine(int size) {
    return Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
  }

  private static double time(String[] questions, UnaryOperator<String> answer) {
    int length = 0;
    for (int i = 0; i < HITS / 5; i++) {
      length += answer.apply(questions[i % questions.length]).length();
    }
    long start = System.nanoTime();
    for (int i = 0; i < HITS; i++) {
      length += answer.apply(questions[i % questions.length]).length();
    }
    double nanos = (double) (System.nanoTime() - start) / HITS;
    return length == 0 ? Double.NaN : nanos; // so that no call is optimized away
  }

  /** Answers a log of queries in its order, with caches of three sizes. */
  static List<Row> log(String name, Path file) throws IOException {
    List<String> queries = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (Json.read(line) instanceof Map<?, ?> map && map.get("query") != null) {
        queries.add(String.valueOf(map.get("query")));
      }
    }
    if (queries.isEmpty()) {
      throw new IllegalArgumentException(file + " has no line with a query");
    }
    double repeats = 100 * (1 - (double) new HashSet<>(queries).size() / queries.size());
    List<Row> rows = new ArrayList<>();
    for (int size : SIZES) {
      rows.add(
          new Row(
              name + "-" + size + " / Caffeine alone",
              "% hits",
              Score.of(100 * ours(queries, size)),
              Score.of(100 * alone(queries, size)),
              "%,d queries of %s; %.1f %% repeat an earlier one; %,d answers are kept"
                  .formatted(queries.size(), file.getFileName(), repeats, size)));
    }
    return rows;
  }

  private static double ours(List<String> queries, int size) {
    GovernedEcho agent = new GovernedEcho(Policies.of(GovernedEcho.cache(size, false)));
    queries.forEach(agent::answer);
    return (double) agent.hits() / queries.size();
  }

  private static double alone(List<String> queries, int size) {
    Cache<String, String> cache = caffeine(size);
    int hits = 0;
    for (String query : queries) {
      if (cache.getIfPresent(query) != null) {
        hits++;
      } else {
        cache.put(query, query);
      }
    }
    return (double) hits / queries.size();
  }
}
