package io.gild.orchestration;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What another process asks of a run: to cancel it, or to decide what it waits for. */
final class RunRequests {

  private RunRequests() {}

  static Map<String, @Nullable Object> cancel(String reason, java.time.Instant at) {
    Map<String, @Nullable Object> line = RunLines.line(RunLines.CANCEL, at);
    line.put("reason", reason);
    return line;
  }

  static Map<String, @Nullable Object> decide(
      @Nullable String path, Decision decision, java.time.Instant at) {
    Map<String, @Nullable Object> line = RunLines.line(RunLines.DECIDED, at);
    line.put("path", path);
    line.put("approved", decision.approved());
    line.put("by", decision.by());
    line.put("comment", decision.comment());
    return line;
  }

  private static Decision decision(Map<?, ?> line) {
    return new Decision(
        Boolean.TRUE.equals(line.get("approved")),
        RunLines.text(line, "by"),
        RunLines.text(line, "comment"),
        RunLines.at(line));
  }

  /** Applies a request; one that no longer fits changes nothing. */
  static void apply(RunExecution run, RunFolder.Request request) {
    Map<?, ?> line = request.line();
    boolean applied =
        RunLines.text(line, "type").equals(RunLines.CANCEL)
            ? run.cancel(RunLines.text(line, "reason"), request.number())
            : run.decide(RunLines.textOrNull(line, "path"), decision(line), request.number());
    if (!applied) { // or it would decide something that is asked later
      run.ignore(request.number());
    }
  }
}
