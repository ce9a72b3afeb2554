package io.gild.orchestration;

import io.gild.config.PolicyTree;
import io.gild.config.Problem;
import io.gild.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks the policies of steps, which would otherwise do nothing if they are wrong. */
final class StepPolicies {

  private StepPolicies() {}

  /**
   * Requires that modules of the application declare the policies and that their values fit.
   *
   * @throws IllegalArgumentException with every problem
   */
  static void require(String step, Map<String, ?> policies) {
    List<Problem> problems = new ArrayList<>();
    Settings.defaults().policies(step, step, step, PolicyTree.of(policies), problems::add);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "the policies of step "
              + step
              + " cannot take effect: "
              + problems.stream()
                  .map(problem -> problem.path() + ": " + problem.message())
                  .collect(Collectors.joining("; ")));
    }
  }
}
