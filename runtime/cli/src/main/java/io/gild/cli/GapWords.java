package io.gild.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What call logs do not have, in words. */
final class GapWords {

  private static final List<Map<?, ?>> NONE = List.of();

  private GapWords() {}

  /**
   * Returns a line for each reason why a call log lacks lines or calls.
   *
   * @param state as the console's interface has it
   */
  static List<String> ofCallLogs(Map<String, ? extends @Nullable Object> state) {
    List<String> words = new ArrayList<>();
    for (Map<?, ?> source : TopTable.maps(state.get("jvms"))) {
      for (Map<?, ?> lost : source.containsKey("file") ? TopTable.maps(source.get("lost")) : NONE) {
        if (lost.get("count") instanceof Long count && count > 0) {
          words.add(
              TopTable.text(source.get("name"))
                  + ": "
                  + count
                  + " "
                  + lost.get("what")
                  + " "
                  + lost.get("reason"));
        }
      }
    }
    return words;
  }
}
