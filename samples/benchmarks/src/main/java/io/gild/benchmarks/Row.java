package io.gild.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the result.
 *
 * @param name what is compared with what
 * @param unit the unit of the times
 * @param ours our side
 * @param baseline the other side; {@code NaN} if there is none
 * @param measured the measured value if the name does not contain it; may be empty
 */
record Row(String name, String unit, Score ours, Score baseline, String measured) {

  Row(String name, String unit, Score ours, Score baseline) {
    this(name, unit, ours, baseline, "");
  }

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
    if (!Double.isNaN(ours.time())) {
      fields.put("ours", rounded(ours.time()));
    }
    if (!Double.isNaN(baseline.time())) {
      fields.put("baseline", rounded(baseline.time()));
      fields.put("ratio", Math.round(ratio() * 1000) / 1000.0);
    }
    fields.put("unit", unit);
    putBoth(fields, "Error", ours.error(), baseline.error());
    putBoth(fields, "Cpu", ours.cpu(), baseline.cpu());
    if (!Double.isNaN(cpuRatio())) {
      fields.put("cpuRatio", Math.round(cpuRatio() * 1000) / 1000.0);
    }
    putBoth(fields, "Bytes", ours.bytes(), baseline.bytes());
    if (!measured.isEmpty()) {
      fields.put("measured", measured);
    }
    fields.put("jdk", System.getProperty("java.version"));
    return fields;
  }

  /** Omits missing values. */
  private static void putBoth(
      Map<String, Object> fields, String name, double ours, double baseline) {
    if (!Double.isNaN(ours) && !Double.isNaN(baseline)) {
      fields.put("ours" + name, rounded(ours));
      fields.put("baseline" + name, rounded(baseline));
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
