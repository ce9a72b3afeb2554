package io.gild.versions;

import io.gild.config.AgentRule;
import io.gild.config.Experimental;
import io.gild.config.PolicyTree;
import io.gild.core.CallKind;
import io.gild.core.MethodSpec;

/**
 * Which methods a rollout is about, in the words of {@code gild.yaml}: the name of an agent, or a
 * pattern such as {@code com.acme.*Desk#answer}.
 *
 * @param text the name or the pattern
 */
@Experimental
public record MethodPattern(String text) {

  /** Checks the text. */
  public MethodPattern {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "A rollout must name an agent or a method such as \"com.acme.Desk#answer\", but its"
              + " pattern is blank.");
    }
    String wrong = text.contains("#") ? AgentRule.wrongWith(text) : null;
    if (wrong != null) {
      throw new IllegalArgumentException("A rollout " + wrong);
    }
  }

  /**
   * Returns whether a method matches. Models and tools never match: they belong to the version of
   * the agent that uses them.
   *
   * @param spec the method
   * @return whether the rollout is about it
   */
  public boolean matches(MethodSpec spec) {
    return spec.kind() == CallKind.AGENT
        && rule().matches(spec.agent(), spec.className(), spec.methodName());
  }

  private AgentRule rule() {
    boolean method = text.contains("#");
    return new AgentRule(method ? text : "", method ? "" : text, "", PolicyTree.empty());
  }

  @Override
  public String toString() {
    return text;
  }
}
