package io.gild.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the result.
 *
 * @param name what is compared with what
 * @param unit what the times are in
 * @param ours our side
 * @param baseline the other side
 */
record Row(String name, String unit, Score ours, Score baseline) {

  double ratio() {
    return ours.time() / baseline.time();
  }

  double cpuRatio() {
    return ours.cpu() / baseline.cpu();
  }

  /** Returns the fields of the JSON result. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("ours", rounded(ours.time()));
    fields.put("baseline", rounded(baseline.time()));
    fields.put("ratio", Math.round(ratio() * 1000) / 1000.0);
    fields.put("unit", unit);
    fields.put("oursError", rounded(ours.error()));
    fields.put("baselineError", rounded(baseline.error()));
    fields.put("oursCpu", rounded(ours.cpu()));
    fields.put("baselineCpu", rounded(baseline.cpu()));
    fields.put("cpuRatio", Math.round(cpuRatio() * 1000) / 1000.0);
    fields.put("oursBytes", rounded(ours.bytes()));
    fields.put("baselineBytes", rounded(baseline.bytes()));
    fields.put("jdk", System.getProperty("java.version"));
    return fields;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
