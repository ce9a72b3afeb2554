package io.gild.benchmarks;

/** What figures are shown in. */
enum Unit {
  NANOS_PER_CALL("ns/op", 1),
  SECONDS("s", 1e9);

  private final String text;
  private final double nanos;

  Unit(String text, double nanos) {
    this.text = text;
    this.nanos = nanos;
  }

  String text() {
    return text;
  }

  double of(double value) {
    return value / nanos;
  }
}
