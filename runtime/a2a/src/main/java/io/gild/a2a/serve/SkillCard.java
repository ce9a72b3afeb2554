package io.gild.a2a.serve;

import io.gild.a2a.AgentCard;
import io.gild.a2a.AgentSkill;
import java.util.List;

/** The card of an agent for which the compiler wrote none. */
final class SkillCard {

  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";

  private SkillCard() {}

  /** Returns a card; the arguments and results of methods are texts or JSON. */
  static AgentCard of(String name, String description, String version, List<AgentSkill> skills) {
    return AgentCard.builder(name, description)
        .version(version.isEmpty() ? "1" : version)
        .inputModes(TEXT, JSON)
        .outputModes(TEXT, JSON)
        .skills(skills.toArray(AgentSkill[]::new))
        .build();
  }
}
