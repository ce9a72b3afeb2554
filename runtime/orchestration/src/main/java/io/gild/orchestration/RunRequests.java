package io.gild.orchestration;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What another process asks of a run: to cancel it, or to decide what it waits for. */
final class RunRequests {

  private RunRequests() {}

  static Map<String, @Nullable Object> cancel(String reason, Instant at) {
    Map<String, @Nullable Object> line = RunLines.line(RunLines.CANCEL, at);
    line.put("reason", reason);
    return line;
  }

  static Map<String, @Nullable Object> decide(
      @Nullable String path, Decision decision, Instant at) {
    Map<String, @Nullable Object> line = RunLines.line(RunLines.DECIDED, at);
    line.put("path", path);
    line.put("approved", decision.approved());
    line.put("by", decision.by());
    line.put("comment", decision.comment());
    return line;
  }

  static Map<String, @Nullable Object> resume(Instant at) {
    return RunLines.line(RunLines.RESUME, at);
  }

  static boolean resumes(RunFolder.Request request) {
    return RunLines.text(request.line(), "type").equals(RunLines.RESUME);
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
    if (resumes(request)) { // it runs already
      run.ignore(request.number());
      return;
    }
    boolean applied =
        RunLines.text(line, "type").equals(RunLines.CANCEL)
            ? run.cancel(RunLines.text(line, "reason"), request.number())
            : run.decide(RunLines.textOrNull(line, "path"), decision(line), request.number());
    if (!applied) { // or it would decide something that is asked later
      run.ignore(request.number());
    }
  }
}
