package io.gild.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two runs side by side.
 *
 * @param after null if there was nothing to run
 */
record BeforeAndAfter(
    RunConditions setting, Runner.ScoredRun before, Runner.@Nullable ScoredRun after) {

  /** Returns the existing runs, before first. */
  List<Runner.ScoredRun> runs() {
    return after == null ? List.of(before) : List.of(before, after);
  }

  String toJson() {
    ObjectNode json = JsonMappers.PRETTY.createObjectNode();
    json.set("setting", setting.toJson());
    json.set("before", before.figures().toJson());
    if (after == null) {
      json.putNull("after");
    } else {
      json.set("after", after.figures().toJson());
    }
    try {
      return JsonMappers.PRETTY.writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
