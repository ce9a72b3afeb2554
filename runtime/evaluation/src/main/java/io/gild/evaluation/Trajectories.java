package io.gild.evaluation;

import io.gild.config.Json;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.ToolCall;
import io.gild.evaluation.spi.Verdict;
import io.gild.golden.AnswerCheck;
import io.gild.golden.AnswerCheck.ExpectedCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Compares the tools that were called with the expected ones. */
final class Trajectories {

  private static final String UNSEEN =
      "no call of a model or a tool was seen, so the tools are unknown. Attach the javaagent (gild"
          + " eval does, with --javaagent; tests with -javaagent in argLine)";

  private final Validators validators;

  /** Judges arguments with the validators of answers. */
  Trajectories(Validators validators) {
    this.validators = validators;
  }

  Verdict judge(AnswerCheck.Trajectory check, Evidence evidence) {
    List<ToolCall> calls = evidence.toolCalls();
    if (!evidence.toolsSeen()) {
      return Verdict.judgeFailed(UNSEEN);
    }
    boolean namesOnly = calls.stream().anyMatch(call -> call.arguments() == null);
    if (namesOnly && check.calls().stream().anyMatch(call -> !call.arguments().isEmpty())) {
      return Verdict.judgeFailed(
          "only the names of the tools are known; attach the javaagent to see their arguments");
    }
    boolean passed =
        switch (check.mode()) {
          case EXACT -> check.calls().size() == calls.size() && isPrefix(check.calls(), calls);
          case IN_ORDER -> isInOrder(check.calls(), calls);
          case ANY_ORDER -> isAnyOrder(check.calls(), calls);
        };
    return Verdict.of(passed, "expected " + check.calls() + ", called " + shown(calls));
  }

  private boolean isPrefix(List<ExpectedCall> wanted, List<ToolCall> calls) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!fits(wanted.get(i), calls.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isInOrder(List<ExpectedCall> wanted, List<ToolCall> calls) {
    int next = 0;
    for (ToolCall call : calls) {
      if (next < wanted.size() && fits(wanted.get(next), call)) {
        next++;
      }
    }
    return next == wanted.size();
  }

  private boolean isAnyOrder(List<ExpectedCall> wanted, List<ToolCall> calls) {
    int[] taken = new int[calls.size()];
    Arrays.fill(taken, -1);
    for (int i = 0; i < wanted.size(); i++) {
      if (!pair(i, wanted, calls, taken, new boolean[calls.size()], this::fits)) {
        return false;
      }
    }
    return true;
  }

  /** Finds one call for each expectation, although one call may fit several (augmenting paths). */
  private static boolean pair(
      int index,
      List<ExpectedCall> wanted,
      List<ToolCall> calls,
      int[] taken,
      boolean[] seen,
      BiPredicate<ExpectedCall, ToolCall> fits) {
    for (int j = 0; j < calls.size(); j++) {
      if (!seen[j] && fits.test(wanted.get(index), calls.get(j))) {
        seen[j] = true;
        if (taken[j] < 0 || pair(taken[j], wanted, calls, taken, seen, fits)) {
          taken[j] = index;
          return true;
        }
      }
    }
    return false;
  }

  private boolean fits(ExpectedCall wanted, ToolCall call) {
    if (!wanted.tool().equals(call.name())) {
      return false;
    }
    Map<String, @Nullable Object> given = call.arguments() == null ? Map.of() : call.arguments();
    for (Map.Entry<String, AnswerCheck> argument : wanted.arguments().entrySet()) {
      if (!given.containsKey(argument.getKey())) {
        return false;
      }
      Evidence value = Evidence.of("", given.get(argument.getKey()));
      if (!validators.judge(argument.getValue(), value).passed()) {
        return false;
      }
    }
    return true;
  }

  private static String shown(List<ToolCall> calls) {
    List<String> texts = new ArrayList<>();
    for (ToolCall call : calls) {
      boolean plain = call.arguments() == null || call.arguments().isEmpty();
      texts.add(call.name() + (plain ? "" : Json.write(call.arguments())));
    }
    return texts.isEmpty() ? "none" : String.join(", ", texts);
  }
}
