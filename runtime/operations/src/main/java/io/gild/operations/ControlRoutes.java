package io.gild.operations;

import com.sun.net.httpserver.HttpExchange;
import io.gild.judging.Assessment;
import io.gild.judging.CanaryVerdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the control endpoint answers. */
final class ControlRoutes {

  /** An answer in JSON. */
  record Answer(int status, Map<String, @Nullable Object> body) {

    static Answer problem(int status, String problem) {
      Map<String, @Nullable Object> body = new LinkedHashMap<>();
      body.put("problem", problem);
      return new Answer(status, body);
    }
  }

  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int BAD = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int MOST_CALLS = 5_000;
  private static final int MOST_BODY = 65_536;
  private static final Pattern ROLLOUT = Pattern.compile("/v1/rollouts/([^/]+)(?:/([a-z-]+))?");
  private static final Pattern AFTER = Pattern.compile("(?:^|&)after=(\\d{1,18})(?:&|$)");

  private final @Nullable RecentCalls calls;
  private final Rollouts rollouts;
  private final Function<String, @Nullable Assessment> assessments;

  /**
   * Creates routes.
   *
   * @param calls the recent calls; {@code null} if this process governs none
   * @param assessments returns what the calls say about a rollout that this process controls
   */
  ControlRoutes(
      @Nullable RecentCalls calls,
      Rollouts rollouts,
      Function<String, @Nullable Assessment> assessments) {
    this.calls = calls;
    this.rollouts = rollouts;
    this.assessments = assessments;
  }

  Answer answer(HttpExchange exchange, String path) throws IOException {
    boolean post = exchange.getRequestMethod().equals("POST");
    Matcher rollout = ROLLOUT.matcher(path);
    if (path.equals("/v1/health")) {
      return new Answer(OK, Map.of("status", "UP", "pid", ProcessHandle.current().pid()));
    }
    if (path.equals("/v1/calls") && calls != null) {
      return new Answer(OK, calls.after(after(exchange.getRequestURI().getRawQuery()), MOST_CALLS));
    }
    if (path.equals("/v1/rollouts")) {
      return list();
    }
    if (rollout.matches()) {
      String name = rollout.group(1);
      String what = rollout.group(2);
      if (post && what != null) {
        return request(name, what, exchange);
      }
      return what == null ? show(name) : verdict(name, what);
    }
    return Answer.problem(
        NOT_FOUND, "there is no " + path + "; there are /v1/health, /v1/calls and /v1/rollouts");
  }

  private static long after(@Nullable String query) {
    Matcher after = AFTER.matcher(query == null ? "" : query);
    return after.find() ? Long.parseLong(after.group(1)) : 0;
  }

  private Answer list() {
    List<String> problems = new ArrayList<>();
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    rollouts.list(problems::add).forEach(record -> records.add(fields(record, false)));
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("rollouts", records);
    body.put("problems", problems);
    return new Answer(OK, body);
  }

  private Answer show(String name) {
    RolloutRecord record = rollouts.find(name);
    return record == null ? unknown(name) : new Answer(OK, fields(record, true));
  }

  private static Answer unknown(String name) {
    return Answer.problem(NOT_FOUND, "there is no rollout " + name + " that has started");
  }

  private Answer verdict(String name, String what) {
    if (!what.equals("verdict")) {
      return Answer.problem(NOT_FOUND, "there is no " + what + " of a rollout; there is verdict");
    }
    RolloutRecord record = rollouts.find(name);
    if (record == null) {
      return unknown(name);
    }
    Assessment assessment = assessments.apply(name);
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("rollout", name);
    body.put("state", record.state().name());
    body.put("verdict", verdict(record, assessment).name());
    body.put(
        "reason",
        assessment == null || isDecided(record)
            ? record.reason()
            : RolloutJudge.reason(assessment));
    body.put("criteria", assessment == null ? List.of() : VerdictFields.of(assessment));
    return new Answer(OK, body);
  }

  private static boolean isDecided(RolloutRecord record) {
    return record.state().isFinal() || record.state() == RolloutState.ROLLING_BACK;
  }

  /** A rollout that is over has the verdict that it ended with. */
  private static CanaryVerdict verdict(RolloutRecord record, @Nullable Assessment assessment) {
    return switch (record.state()) {
      case ROLLED_BACK, ROLLING_BACK -> CanaryVerdict.FAIL;
      case PROMOTED, SETTLING -> CanaryVerdict.PASS;
      default -> assessment == null ? CanaryVerdict.NODATA : assessment.verdict();
    };
  }

  private Answer request(String name, String what, HttpExchange exchange) throws IOException {
    Rollouts.Request request;
    try {
      request = Rollouts.Request.valueOf(what.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException unknown) {
      return Answer.problem(
          BAD,
          "a rollout cannot "
              + what
              + "; it can start, promote, promote-fully, pause and roll-back");
    }
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY);
    Map<?, ?> given = Map.of();
    if (body.length > 0) {
      try {
        given = RolloutLines.parse(new String(body, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException wrong) {
        return Answer.problem(BAD, "the body must be a JSON object with who and reason");
      }
    }
    String who = RolloutLines.text(given, "who");
    try {
      rollouts.request(
          name,
          request,
          who.isEmpty() ? "control endpoint" : who,
          RolloutLines.text(given, "reason"));
      return new Answer(ACCEPTED, Map.of("accepted", true));
    } catch (RolloutException | IllegalArgumentException refused) {
      return Answer.problem(CONFLICT, String.valueOf(refused.getMessage()));
    }
  }

  /** Returns a rollout for JSON. */
  static Map<String, @Nullable Object> fields(RolloutRecord record, boolean events) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("rollout", record.name());
    fields.put("run", record.run());
    fields.put("agent", record.agent());
    fields.put("stable", record.stable());
    fields.put("canary", record.canary());
    fields.put("state", record.state().name());
    fields.put("started", record.started().toString());
    fields.put("share", record.share());
    fields.put("achieved", record.achieved());
    fields.put("reason", record.reason());
    fields.put("problem", record.problem());
    if (events) {
      fields.put("events", record.events().stream().map(ControlRoutes::fields).toList());
    }
    return fields;
  }

  private static Map<String, @Nullable Object> fields(RolloutEvent event) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("number", event.number());
    fields.put("at", event.at().toString());
    fields.put("state", event.state().name());
    fields.put("share", event.share());
    fields.put("achieved", event.achieved());
    fields.put("note", event.note());
    fields.put("who", event.who());
    fields.put("reason", event.reason());
    fields.put("verdicts", event.verdicts());
    return fields;
  }
}
