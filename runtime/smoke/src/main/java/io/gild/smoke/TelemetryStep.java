package io.gild.smoke;

import io.gild.smoke.spi.SmokeFinding;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls the agent and looks for the call in recent calls and metrics. */
final class TelemetryStep implements SmokeStep {

  private static final String METER = "gild_agent_requests_total";

  @Override
  public SmokeFinding run(SmokeScope scope) throws IOException, InterruptedException {
    SmokeAgent agent = scope.agent();
    if (agent == null) {
      return SmokeFinding.notApplicable(scope.noAgent());
    }
    ControlCaller control = scope.control();
    URI metrics = metrics(scope);
    boolean recorded = control != null && control.recordsCalls();
    if (!recorded && metrics == null) {
      return SmokeFinding.notApplicable(
          "there is no control endpoint with calls, and no metrics endpoint is known");
    }
    double before = metrics == null ? 0 : total(scope, metrics);
    List<SmokeFinding> findings = new ArrayList<>();
    if (recorded) {
      findings.add(call(scope, Objects.requireNonNull(control), agent));
    } else {
      agent.ask();
    }
    if (metrics != null) {
      double after = total(scope, metrics);
      findings.add(
          after > before
              ? SmokeFinding.passed(METER + " has grown by " + Math.round(after - before))
              : SmokeFinding.failed(
                  "%s is %d after the call at %s, as it was before"
                      .formatted(METER, Math.round(after), metrics)));
    }
    return SmokeFinding.all(findings);
  }

  private static SmokeFinding call(SmokeScope scope, ControlCaller control, SmokeAgent agent)
      throws IOException, InterruptedException {
    CallWatch.Seen seen = new CallWatch(control, agent, scope.smoke().agent()).ask();
    SeenCall call = seen.call();
    if (call == null) {
      return SmokeFinding.failed(
          "the call is not among the recent calls of process "
              + control.point().pid()
              + ". Is the agent governed, and is this the process that answers?");
    }
    if (!seen.isAlone()) {
      return SmokeFinding.notApplicable(
          "other calls of " + call.name() + " came at the same time; try again with less traffic");
    }
    if (!call.outcome().equals("succeeded")) {
      return SmokeFinding.failed(
          "the agent answered, but its call has the outcome " + call.outcome());
    }
    return SmokeFinding.passed(call.name() + version(call) + " was seen with " + spent(call));
  }

  private static String version(SeenCall call) {
    return call.version().isEmpty() ? "" : " " + call.version();
  }

  private static String spent(SeenCall call) {
    Long tokens = call.tokens();
    if (tokens == null) {
      return call.isCached() ? "no tokens, as it was cached" : "no tokens";
    }
    Double usd = call.usd();
    return tokens
        + " tokens and "
        + (usd == null ? "an unknown cost" : String.format(Locale.ROOT, "%.6f USD", usd));
  }

  /** Returns the sum over all agents. */
  private static double total(SmokeScope scope, URI metrics)
      throws IOException, InterruptedException {
    HttpCaller.Reply reply = scope.http().get(metrics, scope.timeout());
    if (!reply.isOk()) {
      throw new IOException(metrics + " answered " + reply.status());
    }
    return reply
        .body()
        .lines()
        .filter(line -> line.startsWith(METER + "{") || line.startsWith(METER + " "))
        .mapToDouble(TelemetryStep::value)
        .sum();
  }

  /** Returns the value of a line; labels may contain spaces. */
  private static double value(String line) {
    int end = line.lastIndexOf('}');
    String[] words = line.substring(Math.max(end + 1, METER.length())).strip().split(" ", -1);
    try {
      return Double.parseDouble(words[0]);
    } catch (NumberFormatException damaged) {
      return 0;
    }
  }

  private static @Nullable URI metrics(SmokeScope scope) {
    String address = scope.smoke().metrics();
    if (address != null) {
      return Addresses.read(address, "smoke.metrics");
    }
    Object port = scope.settings().values("observability").toMap().get("prometheus-port");
    boolean isHere = scope.control() != null || Addresses.isLocal(scope.url());
    return isHere && port instanceof Number number && number.intValue() > 0
        ? URI.create("http://127.0.0.1:" + number.intValue() + "/metrics")
        : null;
  }
}
