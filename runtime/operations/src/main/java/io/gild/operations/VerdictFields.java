package io.gild.operations;

import io.gild.judging.Assessment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Verdicts as JSON can hold them: a number that is none, or is infinite, becomes null. */
final class VerdictFields {

  private VerdictFields() {}

  static List<Map<String, @Nullable Object>> of(Assessment assessment) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    assessment.criteria().forEach(each -> all.add(finite(each.fields())));
    return all;
  }

  private static Map<String, @Nullable Object> finite(Map<String, Object> fields) {
    Map<String, @Nullable Object> finite = new LinkedHashMap<>();
    fields.forEach((name, value) ->
        finite.put(
            name, value instanceof Double number && !Double.isFinite(number) ? null : value));
    return finite;
  }
}
