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
      boolean finite = true;
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) number(values.get(HEAD + i));
        finite &= Float.isFinite(features[i]);
      }
      if (finite) {
        return new CalibrationLabel(features, wrong, novel, (float) number(values.get(1)), request);
      }
    }
    throw new IllegalArgumentException(
        "a learned label must have a request, a weight, two truth values and %d finite numbers, but is %s"
            .formatted(PairFeatures.COUNT, row));
  }

  private static double number(Object value) {
    if (value instanceof Long whole) {
      return whole;
    }
    return value instanceof BigDecimal decimal ? decimal.doubleValue() : Double.NaN;
  }
}
