package io.gild.observability;

import java.util.ArrayList;
import java.util.List;

/** Values of the tags of a series, in order. */
final class TagValues {

  private TagValues() {}

  /** Returns the values with more. */
  static List<String> with(List<String> values, String... more) {
    List<String> longer = new ArrayList<>(values.size() + more.length);
    longer.addAll(values);
    longer.addAll(List.of(more));
    return longer;
  }
}
