package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that an agent can do; immutable.
 *
 * @param id identifies the skill in its agent; not empty
 * @param name a name for people; not empty
 * @param description what the skill is for
 * @param tags keywords
 * @param examples prompts that the skill handles
 * @param inputModes media types in place of the agent's; empty for the agent's
 * @param outputModes media types in place of the agent's; empty for the agent's
 * @param security names of security schemes and their scopes; one entry of the list is enough
 */
@Experimental
public record AgentSkill(
    String id,
    String name,
    String description,
    List<String> tags,
    List<String> examples,
    List<String> inputModes,
    List<String> outputModes,
    List<Map<String, List<String>>> security) {

  /** Checks and copies. */
  public AgentSkill {
    A2aValues.notEmpty(id, "id");
    A2aValues.notEmpty(name, "name");
    tags = List.copyOf(tags);
    examples = List.copyOf(examples);
    inputModes = List.copyOf(inputModes);
    outputModes = List.copyOf(outputModes);
    security = security.stream().map(AgentSkill::copy).toList();
  }

  /**
   * Creates a skill with the media types of its agent.
   *
   * @param id the id
   * @param name a name for people
   * @param description what the skill is for
   * @param tags keywords
   * @return the skill
   */
  public static AgentSkill of(String id, String name, String description, String... tags) {
    return new AgentSkill(
        id, name, description, List.of(tags), List.of(), List.of(), List.of(), List.of());
  }

  static Map<String, List<String>> copy(Map<String, List<String>> requirement) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    requirement.forEach((scheme, scopes) -> copy.put(scheme, List.copyOf(scopes)));
    return Collections.unmodifiableMap(copy);
  }
}
