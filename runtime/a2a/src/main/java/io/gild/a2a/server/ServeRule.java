package io.gild.a2a.server;

import io.gild.config.AgentRule;
import io.gild.config.Experimental;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A method that the javaagent serves, although the application knows nothing of it.
 *
 * @param match class and method, such as {@code com.acme.Desk#answer}; the class may be a glob
 * @param name name of the agent; {@code null} for the simple name of the class. Rules of one name
 *     are skills of one agent
 * @param description what the method does, or {@code null}
 */
@Experimental
public record ServeRule(String match, @Nullable String name, @Nullable String description) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  /** Checks the values. */
  public ServeRule {
    String wrong = AgentRule.wrongWith(match);
    if (wrong != null) {
      throw new IllegalArgumentException("match " + wrong);
    }
    if (methodOf(match).indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "match must name one method, because each is a skill, but is \"" + match + "\"");
    }
    if (name == null && classOf(match).indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "name is needed where the class of match is a pattern: " + match);
    }
    if (name != null && !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must be 1 to 128 letters, digits, dots, underscores and hyphens, but is \""
              + name
              + "\"");
    }
  }

  private static String classOf(String match) {
    return match.substring(0, match.indexOf('#'));
  }

  private static String methodOf(String match) {
    return match.substring(match.indexOf('#') + 1);
  }

  /**
   * Returns the name of the agent.
   *
   * @return the name that is written, or the simple name of the class
   */
  public String agent() {
    if (name != null) {
      return name;
    }
    String type = classOf(match);
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
  }

  /**
   * Returns the name of the method, which is the id of the skill.
   *
   * @return its name
   */
  public String method() {
    return methodOf(match);
  }
}
