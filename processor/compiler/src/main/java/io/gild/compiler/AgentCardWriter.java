package io.gild.compiler;

import io.gild.config.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.Filer;

/**
 * Writes the card of an agent with skills to {@code META-INF/gild/cards/<binary name>.json}, in the
 * format of the Agent2Agent protocol. The server adds the addresses.
 */
final class AgentCardWriter {

  private static final String FOLDER = "META-INF/gild/cards/";

  private final RegistryFiles files;

  AgentCardWriter(Filer filer) {
    this.files = new RegistryFiles(filer, FOLDER);
  }

  void write(AgentModel agent) throws IOException {
    List<SkillModel> skills = SkillModel.of(agent);
    if (!skills.isEmpty()) {
      files.write(agent.binaryName() + ".json", Json.pretty(card(agent, skills)), agent.type());
    }
  }

  private static Map<String, Object> card(AgentModel agent, List<SkillModel> skills) {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("name", agent.name());
    card.put(
        "description",
        agent.description().isBlank()
            ? skills.get(0).mirror().text("description")
            : agent.description());
    card.put("version", agent.version().isEmpty() ? "1" : agent.version());
    card.put("capabilities", Map.of("streaming", true));
    card.put("defaultInputModes", modes(skills, agent, "inputModes"));
    card.put("defaultOutputModes", modes(skills, agent, "outputModes"));
    card.put("skills", skills.stream().map(skill -> skill.entry(agent)).toList());
    return card;
  }

  private static List<Object> modes(List<SkillModel> skills, AgentModel agent, String key) {
    Set<Object> modes = new LinkedHashSet<>();
    for (SkillModel skill : skills) {
      if (skill.entry(agent).get(key) instanceof List<?> own) {
        modes.addAll(own);
      }
    }
    return List.copyOf(modes);
  }
}
