package io.gild.benchmarks;

import io.gild.testkit.NatsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** What messages, agents over A2A and workflows take. */
final class CoordinationSuite {

  private static final int MESSAGES = 50_000;
  private static final int NATS_MESSAGES = 20_000;
  private static final int FEW_MESSAGES = 2_000;
  private static final int PIPELINES = 20_000;
  private static final int DURABLE_PIPELINES = 2_000;
  private static final int FEW_PIPELINES = 500;

  private final BenchmarkOptions options;
  private final Consumer<String> progress;
  private final boolean quick;
  private final List<Row> rows = new ArrayList<>();

  private CoordinationSuite(BenchmarkOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    this.quick = options.effort().rounds() < Effort.USUAL.rounds();
  }

  static List<Row> run(BenchmarkOptions options, Consumer<String> progress) throws Exception {
    CoordinationSuite suite = new CoordinationSuite(options, progress);
    suite.measure("messages-in-process", suite::inProcess);
    suite.measure("messages-folder", suite::folder);
    suite.measure("messages-nats", suite::nats);
    A2aParts agents = new A2aParts(options);
    suite.measure("a2a-message", agents::messages);
    suite.measure("a2a-streams", agents::streams);
    suite.measure("pipeline", suite::pipeline);
    suite.measure("pipeline-durable", suite::durablePipeline);
    return suite.rows;
  }

  private void measure(String name, Callable<List<Row>> measured) throws Exception {
    if (name.startsWith(options.only())) {
      progress.accept(name);
      rows.addAll(measured.call());
    }
  }

  private List<Row> inProcess() throws Exception {
    int messages = quick ? FEW_MESSAGES : MESSAGES;
    return compare(
        "messages-in-process / a queue of the JDK",
        () -> MessageRates.inProcess(messages),
        () -> MessageRates.plainQueue(messages));
  }

  private List<Row> folder() throws Exception {
    int messages = quick ? FEW_MESSAGES : MESSAGES;
    return compare(
        "messages-folder / in process",
        () -> MessageRates.folder(Files.createTempDirectory("gild-bench-broker"), messages),
        () -> MessageRates.inProcess(messages));
  }

  private List<Row> nats() throws Exception {
    int messages = quick ? FEW_MESSAGES : NATS_MESSAGES;
    Path folder = Files.createTempDirectory("gild-bench-nats");
    try (NatsServer nats = NatsServer.start(folder)) {
      return compare(
          "messages-nats / plain jnats",
          () -> MessageRates.nats(nats.url(), messages),
          () -> MessageRates.plainNats(nats.url(), messages));
    }
  }

  /** Makes a line for the time per message, and one for the delay of a single message. */
  private List<Row> compare(
      String name, Callable<MessageRates.Measured> ours, Callable<MessageRates.Measured> other)
      throws Exception {
    Samples[] times = {new Samples(), new Samples(), new Samples(), new Samples()};
    double worst = 0;
    double otherWorst = 0;
    for (int i = 0; i < options.effort().rounds(); i++) {
      MessageRates.Measured mine = ours.call();
      MessageRates.Measured plain = other.call();
      times[0].add(mine.micros(), Double.NaN);
      times[1].add(plain.micros(), Double.NaN);
      times[2].add(mine.p50(), Double.NaN);
      times[3].add(plain.p50(), Double.NaN);
      worst = Math.max(worst, mine.p99());
      otherWorst = Math.max(otherWorst, plain.p99());
    }
    String rates =
        String.format(
            Locale.ROOT,
            "us per message; %,.0f and %,.0f messages a second",
            1e6 / times[0].score().time(),
            1e6 / times[1].score().time());
    String delays =
        String.format(
            Locale.ROOT,
            "one message at a time, p50; p99 at most %,.0f and %,.0f us",
            worst,
            otherWorst);
    return List.of(
        new Row(name, "us", times[0].score(), times[1].score(), rates),
        new Row(name + ", delay", "us", times[2].score(), times[3].score(), delays));
  }

  private List<Row> pipeline() throws Exception {
    int runs = quick ? FEW_PIPELINES : PIPELINES;
    Samples ours = new Samples();
    Samples plain = new Samples();
    Samples framework = new Samples();
    for (int i = 0; i < options.effort().rounds(); i++) {
      ours.add(PipelineCalls.workflow(null, runs), Double.NaN);
      plain.add(PipelineCalls.plain(runs), Double.NaN);
      framework.add(PipelineCalls.langChain4j(runs), Double.NaN);
    }
    String measured = "three steps that do nothing, as a run";
    return List.of(
        new Row(
            "pipeline / LangChain4j's sequence", "us", ours.score(), framework.score(), measured),
        new Row("pipeline / plain calls", "us", ours.score(), plain.score(), measured));
  }

  private List<Row> durablePipeline() throws Exception {
    int runs = quick ? FEW_PIPELINES : DURABLE_PIPELINES;
    Samples ours = new Samples();
    Samples other = new Samples();
    for (int i = 0; i < options.effort().rounds(); i++) {
      ours.add(
          PipelineCalls.workflow(Files.createTempDirectory("gild-bench-runs"), runs), Double.NaN);
      other.add(PipelineCalls.workflow(null, runs), Double.NaN);
    }
    return List.of(
        new Row(
            "pipeline-durable / in memory",
            "us",
            ours.score(),
            other.score(),
            "the same run recorded in a folder"));
  }
}
