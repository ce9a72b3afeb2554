package io.gild.benchmarks;

import io.gild.core.spi.Embedder;
import io.gild.testkit.RedisServer;
import io.gild.vectors.HashEmbedder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What memory finds, keeps and teaches, and what it takes. */
final class MemorySuite {

  private static final int TASKS = 500;
  private static final int SEEDS = 5;
  private static final int TURNS = 20_000;
  private static final int REDIS_TURNS = 2_000;
  private static final int FEW_TURNS = 500;
  private static final String MILLION = "recall-1m";

  private final BenchmarkOptions options;
  private final Consumer<String> progress;
  private final boolean quick;
  private final List<Row> rows = new ArrayList<>();

  private MemorySuite(BenchmarkOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    this.quick = options.effort().rounds() < Effort.USUAL.rounds();
  }

  static List<Row> run(BenchmarkOptions options, Consumer<String> progress) throws Exception {
    MemorySuite suite = new MemorySuite(options, progress);
    suite.conversations("locomo-recall-10", suite::hashed);
    suite.conversations("locomo-recall-10-minilm", suite::miniLm);
    suite.measure("recall-10k", () -> suite.vectors("recall-10k", 10_000));
    suite.measureLong("recall-100k", () -> suite.vectors("recall-100k", 100_000));
    if (options.only().equals(MILLION)) { // building it takes an hour
      suite.measure(MILLION, () -> suite.vectors(MILLION, 1_000_000));
    } else if (MILLION.startsWith(options.only())) {
      progress.accept(MILLION + " is measured only by --only " + MILLION);
    }
    suite.measure("session-append", suite::appends);
    suite.measure("session-append-redis", suite::appendsInRedis);
    suite.measure("experience-gain", suite::experience);
    return suite.rows;
  }

  private void measure(String name, Callable<List<Row>> measured) throws Exception {
    if (name.startsWith(options.only())) {
      progress.accept(name);
      rows.addAll(measured.call());
    }
  }

  private void measureLong(String name, Callable<List<Row>> measured) throws Exception {
    if (quick && !options.only().equals(name)) {
      progress.accept(name + " is not measured by --quick");
    } else {
      measure(name, measured);
    }
  }

  private void conversations(String name, Supplier<Embedder> embedder) throws Exception {
    Path file = options.conversations();
    if (!name.startsWith(options.only())) {
      return;
    }
    if (file == null) {
      progress.accept(name + " is not measured: name the conversations with --conversations");
      return;
    }
    progress.accept(name);
    ConversationRecall recall = new ConversationRecall(file);
    Embedder used = embedder.get();
    String measured =
        "recall@10 in percent, %,d questions of %s, vectors by %s"
            .formatted(recall.questions(), file.getFileName(), used.name());
    rows.add(
        new Row(
            name + " / BM25",
            "%",
            Medians.of(recall.memories(used)),
            Medians.of(recall.words()),
            measured));
  }

  private Embedder hashed() {
    return new HashEmbedder();
  }

  private Embedder miniLm() {
    return ServiceLoader.load(Embedder.class).findFirst().orElseThrow();
  }

  private List<Row> vectors(String name, int entries) throws Exception {
    NearestVectors vectors = new NearestVectors(entries);
    List<Set<String>> exact = new ArrayList<>();
    NearestVectors.Measured flat = vectors.flat(exact);
    NearestVectors.Measured lucene = vectors.lucene(exact);
    NearestVectors.Measured ours = entries > 100_000 ? lucene : flat;
    List<Row> compared = new ArrayList<>();
    compared.add(row(name + " / Lucene", entries, ours, lucene));
    compared.add(row(name + " / LangChain4j", entries, ours, vectors.langChain4j(exact)));
    return compared;
  }

  private static Row row(
      String name, int entries, NearestVectors.Measured ours, NearestVectors.Measured other) {
    return new Row(
        name,
        "us",
        new Score(ours.micros(), 0, Double.NaN, ours.bytes()),
        new Score(other.micros(), 0, Double.NaN, other.bytes()),
        "%,d entries of %d dimensions; recall@10 %.3f and %.3f; B is the heap by entry"
            .formatted(entries, NearestVectors.DIMENSIONS, ours.recall(), other.recall()));
  }

  private List<Row> appends() {
    int turns = quick ? FEW_TURNS : TURNS;
    Samples ours = new Samples();
    Samples other = new Samples();
    for (int i = 0; i < options.effort().rounds(); i++) {
      ours.add(SessionAppends.inProcess(turns), Double.NaN);
      other.add(SessionAppends.langChain4j(turns), Double.NaN);
    }
    return List.of(
        new Row(
            "session-append / LangChain4j in memory",
            "us",
            ours.score(),
            other.score(),
            "a question and an answer appended and the 50 newest messages read"));
  }

  private List<Row> appendsInRedis() throws Exception {
    int turns = quick ? FEW_TURNS : REDIS_TURNS;
    Samples ours = new Samples();
    Samples other = new Samples();
    Path folder = Files.createTempDirectory("gild-bench-redis");
    try (RedisServer redis = RedisServer.start(folder)) {
      for (int i = 0; i < options.effort().rounds(); i++) {
        ours.add(SessionAppends.redis(redis.url(), turns), Double.NaN);
        other.add(SessionAppends.langChain4jInRedis(redis.url(), turns), Double.NaN);
      }
    }
    return List.of(
        new Row(
            "session-append-redis / whole lists",
            "us",
            ours.score(),
            other.score(),
            "the same in Redis; the other side writes each conversation as one value"));
  }

  private List<Row> experience() {
    Samples with = new Samples();
    Samples without = new Samples();
    for (int seed = 1; seed <= SEEDS; seed++) {
      with.add(LearningAgent.score(TASKS, seed, true), Double.NaN);
      without.add(LearningAgent.score(TASKS, seed, false), Double.NaN);
    }
    return List.of(
        new Row(
            "experience-gain / without experience",
            "%",
            with.score(),
            without.score(),
            "solved of %d tasks, median of %d seeds".formatted(TASKS, SEEDS)));
  }
}
