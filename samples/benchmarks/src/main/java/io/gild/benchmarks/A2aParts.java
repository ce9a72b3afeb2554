package io.gild.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** What A2A takes: single messages, and many open streams. */
final class A2aParts {

  private static final int MESSAGES = 10_000;
  private static final int FEW_MESSAGES = 1_000;
  private static final int STREAMS = 2_000;
  private static final int FEW_STREAMS = 100;

  private final BenchmarkOptions options;
  private final boolean quick;

  A2aParts(BenchmarkOptions options) {
    this.options = options;
    this.quick = options.effort().rounds() < Effort.USUAL.rounds();
  }

  List<Row> messages() throws IOException {
    Samples[] ours = {new Samples(), new Samples()};
    Samples[] other = {new Samples(), new Samples()};
    for (int i = 0; i < options.effort().rounds(); i++) {
      addMessages(A2aSide::new, ours);
      addMessages(BareHttpSide::new, other);
    }
    String measured = "a message and its completed task over one connection";
    return List.of(
        new Row("a2a-message p50 / bare HTTP", "us", ours[0].score(), other[0].score(), measured),
        new Row("a2a-message p99 / bare HTTP", "us", ours[1].score(), other[1].score()));
  }

  private void addMessages(Supplier<HttpSide> side, Samples[] samples) throws IOException {
    try (HttpSide server = side.get()) {
      HttpMessages messages = HttpMessages.measure(server, quick ? FEW_MESSAGES : MESSAGES);
      samples[0].add(messages.p50(), Double.NaN);
      samples[1].add(messages.p99(), Double.NaN);
    }
  }

  List<Row> streams() throws IOException {
    int streams = quick ? FEW_STREAMS : STREAMS;
    Samples[] ours = {new Samples(), new Samples(), new Samples()};
    Samples[] other = {new Samples(), new Samples(), new Samples()};
    for (int i = 0; i < options.effort().rounds(); i++) {
      addStreams(A2aSide::new, streams, ours);
      addStreams(BareHttpSide::new, streams, other);
    }
    String measured =
        "%,d streams of one task; the other side has a thread for each".formatted(streams);
    return List.of(
        new Row("a2a-streams open / bare HTTP", "ms", ours[0].score(), other[0].score(), measured),
        new Row("a2a-streams last event / bare HTTP", "ms", ours[1].score(), other[1].score()),
        new Row("a2a-streams threads / bare HTTP", "", ours[2].score(), other[2].score()));
  }

  private static void addStreams(Supplier<HttpSide> side, int streams, Samples[] samples)
      throws IOException {
    try (HttpSide server = side.get()) {
      HttpStreams measured = HttpStreams.measure(server, streams);
      samples[0].add(measured.openMillis(), Double.NaN);
      samples[1].add(measured.lastMillis(), Double.NaN);
      samples[2].add(measured.threads(), Double.NaN);
    }
  }
}
