package io.gild.a2a.serve;

import io.gild.a2a.A2aJson;
import io.gild.a2a.AgentCard;
import io.gild.a2a.AgentSkill;
import io.gild.a2a.server.A2aAgent;
import io.gild.config.Experimental;
import io.gild.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object whose methods other agents can call. */
@Experimental
public final class ServedObject {

  private static final String CARDS = "META-INF/gild/cards/";

  private ServedObject() {}

  /**
   * Serves an object by what was declared of its class: the methods with {@code @Skill}; without
   * any, its other governed methods; without these, the methods of its interfaces that
   * LangChain4j's {@code @Agent} marks.
   *
   * @param object the object, such as the generated {@code SupportAgent_Gild}
   * @return the agent, to be given to a server
   * @throws IllegalArgumentException if nothing of it can be served
   */
  public static A2aAgent agent(Object object) {
    for (Class<?> type : Types.of(object.getClass())) {
      List<SkillMethod> skills = DeclaredSkills.of(type);
      if (!skills.isEmpty()) {
        return agent(object, skills, card(type, skills));
      }
    }
    for (Class<?> type : Types.of(object.getClass())) {
      List<SkillMethod> skills = FrameworkSkills.of(type);
      if (!skills.isEmpty()) {
        return agent(object, skills, FrameworkSkills.card(object, type, skills));
      }
    }
    throw new IllegalArgumentException(
        object.getClass().getName()
            + " has nothing to serve; annotate a method with @Skill, compile it with Gild's processor,"
            + " or name the method");
  }

  /**
   * Serves one method of an object that declares nothing.
   *
   * @param name name of the agent
   * @param description what the agent does
   * @param object the object
   * @param method the method; a parameter of type {@code String} that comes first is its prompt
   * @return the agent, to be given to a server
   */
  public static A2aAgent agent(String name, String description, Object object, Method method) {
    SkillMethod skill = DeclaredSkills.plain(method);
    return agent(object, List.of(skill), card(name, description, Map.of(skill.id(), description)));
  }

  /**
   * Serves methods whose objects are found when a message comes.
   *
   * @param name name of the agent
   * @param description what the agent does
   * @param skills the skills by their ids; the first one answers messages that name none
   * @param descriptions what the skills do, by the same ids
   * @return the agent, to be given to a server
   */
  public static A2aAgent agent(
      String name,
      String description,
      Map<String, LateSkill> skills,
      Map<String, String> descriptions) {
    if (skills.isEmpty() || !skills.keySet().equals(descriptions.keySet())) {
      throw new IllegalArgumentException(
          "each of one or more skills must have a description, but there are skills %s and descriptions of %s"
              .formatted(skills.keySet(), descriptions.keySet()));
    }
    return A2aAgent.of(
        address(name), card(name, description, descriptions), new SkillHandler(skills));
  }

  private static AgentCard card(String name, String description, Map<String, String> skills) {
    List<AgentSkill> entries = new ArrayList<>();
    skills.forEach((id, does) -> entries.add(AgentSkill.of(id, id, does, name)));
    return SkillCard.of(name, description, "", entries);
  }

  private static A2aAgent agent(Object object, List<SkillMethod> skills, AgentCard card) {
    Map<String, LateSkill> byId = new LinkedHashMap<>();
    for (SkillMethod skill : skills) {
      LateSkill.Found found = new LateSkill.Found(object, skill.method(), skill.parameters());
      byId.put(skill.id(), () -> found);
    }
    return A2aAgent.of(address(card.name()), card, new SkillHandler(byId));
  }

  /** Returns the name of an agent as a part of an address. */
  private static String address(String name) {
    String address = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
    return address.isEmpty() ? "agent" : address.replaceAll("^[^a-z0-9]+", "");
  }

  private static AgentCard card(Class<?> type, List<SkillMethod> skills) {
    String path = CARDS + type.getName() + ".json";
    try (InputStream file = open(type, path)) {
      if (file != null) {
        Object json = Json.read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        return A2aJson.card(json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
    return DeclaredSkills.card(type, skills);
  }

  private static @Nullable InputStream open(Class<?> type, String path) {
    ClassLoader loader = type.getClassLoader();
    return loader == null ? null : loader.getResourceAsStream(path);
  }
}
