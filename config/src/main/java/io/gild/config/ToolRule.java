package io.gild.config;

/**
 * What running the tools of some names does to the world.
 *
 * @param match glob of tool names; {@code *} matches any text
 * @param effect what running such a tool does
 */
@Experimental
public record ToolRule(String match, ToolEffect effect) {

  /** What running a tool does to the world. */
  public enum ToolEffect {
    /** No effect that matters. */
    NONE,
    /** An effect that may happen again without harm. */
    IDEMPOTENT,
    /** An effect that must happen once. */
    SIDE_EFFECT
  }

  /** Checks the values. */
  public ToolRule {
    if (match.isEmpty()) {
      throw new IllegalArgumentException("match must be a tool's name or a glob, but is empty");
    }
  }

  /**
   * Returns whether a tool matches.
   *
   * @param tool name of the tool
   * @return whether the rule applies
   */
  public boolean matches(String tool) {
    return Glob.matches(match, tool);
  }
}
