package io.gild.semantic;

import io.gild.config.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a partition learned, without questions or answers, as it is kept beyond a restart.
 *
 * @param embedder name of the model of the vectors: of another one, the evidence is worth nothing
 * @param requests during which it was learned
 * @param labels the newest labels, the oldest one first
 */
record LearnedLabels(String embedder, long requests, List<CalibrationLabel> labels) {

  private static final long VERSION = 1;
  private static final int HEAD = 4;
  private static final double ROUNDING = 1e-3;

  /** All features are shares, differences of cosines, or logarithms that are scaled to about 1. */
  private static final float LARGEST_FEATURE = 10;

  /** Returns the same without the requests up to one. */
  LearnedLabels since(long request) {
    List<CalibrationLabel> moved = new ArrayList<>();
    for (CalibrationLabel label : labels) {
      moved.add(label.at(Math.max(1, label.request() - request)));
    }
    return new LearnedLabels(embedder, requests - request, List.copyOf(moved));
  }

  /**
   * Returns what may be trusted after a restart, where the number of requests decides how many
   * answers may be wrong: no more requests than the labels stand for.
   */
  LearnedLabels trusted() {
    double stood = labels.stream().mapToDouble(CalibrationLabel::weight).sum();
    return since(Math.max(0, requests - (long) Math.min(stood, (double) requests)));
  }

  /** Returns whether no label stands for more requests than one explored hit does. */
  boolean fits(double exploration) {
    double most = (1 + ROUNDING) / exploration;
    return labels.stream().allMatch(label -> label.weight() <= most);
  }

  String toJson() {
    List<List<Object>> rows = new ArrayList<>();
    for (CalibrationLabel label : labels) {
      List<Object> row = new ArrayList<>();
      row.add(label.request());
      row.add((double) label.weight());
      row.add(label.wrong());
      row.add(label.novel());
      for (float feature : label.features()) {
        row.add((double) feature);
      }
      rows.add(row);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", VERSION);
    fields.put("embedder", embedder);
    fields.put("requests", requests);
    fields.put("labels", rows);
    return Json.write(fields);
  }

  static LearnedLabels ofJson(String json) {
    if (!(Json.read(json) instanceof Map<?, ?> fields)
        || !(fields.get("version") instanceof Long version)
        || version != VERSION
        || !(fields.get("embedder") instanceof String embedder)
        || !(fields.get("requests") instanceof Long requests)
        || !(fields.get("labels") instanceof List<?> rows)) {
      throw new IllegalArgumentException(
          "learned labels must be JSON of version %d with embedder, requests and labels, but are: %.80s"
              .formatted(VERSION, json));
    }
    List<CalibrationLabel> labels = new ArrayList<>();
    for (Object row : rows) {
      labels.add(label(row, requests));
    }
    return new LearnedLabels(embedder, requests, List.copyOf(labels));
  }

  private static CalibrationLabel label(Object row, long requests) {
    if (row instanceof List<?> values
        && values.size() == HEAD + PairFeatures.COUNT
        && values.get(0) instanceof Long request
        && request >= 1
        && request <= requests
        && number(values.get(1)) >= 1
        && values.get(2) instanceof Boolean wrong
        && values.get(3) instanceof Boolean novel) {
      float[] features = new float[PairFeatures.COUNT];
      boolean usual = true;
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) number(values.get(HEAD + i));
        usual &= Math.abs(features[i]) <= LARGEST_FEATURE; // not NaN either
      }
      if (usual) {
        return new CalibrationLabel(features, wrong, novel, (float) number(values.get(1)), request);
      }
    }
    throw new IllegalArgumentException(
        "a learned label must have a request, a weight, two truth values and %d numbers from -%.0f to %.0f, but is %s"
            .formatted(PairFeatures.COUNT, LARGEST_FEATURE, LARGEST_FEATURE, row));
  }

  private static double number(Object value) {
    if (value instanceof Long whole) {
      return whole;
    }
    return value instanceof BigDecimal decimal ? decimal.doubleValue() : Double.NaN;
  }
}
