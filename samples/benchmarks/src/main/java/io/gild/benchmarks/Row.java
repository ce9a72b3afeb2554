package io.gild.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the result.
 *
 * @param name what is compared with what
 * @param ours our side
 * @param baseline the other side
 * @param unit what the times are shown in
 * @param measured what was measured, for rows whose name does not say it; may be empty
 */
record Row(String name, Score ours, Score baseline, Unit unit, String measured) {

  Row(String name, Score ours, Score baseline) {
    this(name, ours, baseline, Unit.NANOS_PER_CALL, "");
  }

  double ratio() {
    return ours.nanos() / baseline.nanos();
  }

  double cpuRatio() {
    return ours.cpu() / baseline.cpu();
  }

  /** Returns the fields of the JSON result. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("ours", time(ours.nanos()));
    fields.put("baseline", time(baseline.nanos()));
    fields.put("ratio", rounded(ratio(), 1000));
    fields.put("unit", unit.text());
    if (!Double.isNaN(ours.error())) {
      fields.put("oursError", time(ours.error()));
      fields.put("baselineError", time(baseline.error()));
    }
    fields.put("oursCpu", time(ours.cpu()));
    fields.put("baselineCpu", time(baseline.cpu()));
    fields.put("cpuRatio", rounded(cpuRatio(), 1000));
    if (unit == Unit.NANOS_PER_CALL) {
      fields.put("oursBytes", rounded(ours.bytes(), 10));
      fields.put("baselineBytes", rounded(baseline.bytes(), 10));
    }
    if (!measured.isEmpty()) {
      fields.put("measured", measured);
    }
    fields.put("jdk", System.getProperty("java.version"));
    return fields;
  }

  private double time(double nanos) {
    return rounded(unit.of(nanos), unit == Unit.NANOS_PER_CALL ? 10 : 1000);
  }

  private static double rounded(double value, int parts) {
    return Math.round(value * parts) / (double) parts;
  }
}
