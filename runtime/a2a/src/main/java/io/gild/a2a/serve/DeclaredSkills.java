package io.gild.a2a.serve;

import io.gild.a2a.AgentCard;
import io.gild.a2a.AgentSkill;
import io.gild.core.AgentRegistry;
import io.gild.core.MethodSpec;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The skills that Gild's processor found in a class. */
final class DeclaredSkills {

  private DeclaredSkills() {}

  /** Returns the methods that are skills; without any, all governed methods. */
  static List<SkillMethod> of(Class<?> type) {
    List<SkillMethod> marked = new ArrayList<>();
    List<SkillMethod> governed = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (AgentRegistry.Declared declared :
        AgentRegistry.declared(type.getClassLoader(), type.getName())) {
      Method method = find(type, declared.spec());
      String skill = declared.skill();
      if (method != null && skill != null) {
        marked.add(new SkillMethod(skill, method, declared.spec().parameters()));
      } else if (method != null && ids.add(method.getName())) {
        governed.add(new SkillMethod(method.getName(), method, declared.spec().parameters()));
      }
    }
    return marked.isEmpty() ? governed : marked;
  }

  private static @Nullable Method find(Class<?> type, MethodSpec spec) {
    for (Method method : type.getDeclaredMethods()) {
      String descriptor =
          MethodType.methodType(method.getReturnType(), method.getParameterTypes())
              .toMethodDescriptorString();
      if (method.getName().equals(spec.methodName()) && descriptor.equals(spec.descriptor())) {
        return method;
      }
    }
    return null;
  }

  /** Returns a method that nothing was declared of; its first text is the prompt. */
  static SkillMethod plain(Method method) {
    List<MethodSpec.Parameter> parameters = new ArrayList<>();
    boolean prompt = false;
    for (Parameter parameter : method.getParameters()) {
      boolean first = !prompt && parameter.getType() == String.class;
      prompt |= first;
      parameters.add(
          new MethodSpec.Parameter(
              parameter.getName(),
              parameter.getType().getName(),
              first ? MethodSpec.Role.PROMPT : MethodSpec.Role.NONE));
    }
    return new SkillMethod(method.getName(), method, parameters);
  }

  /** Returns the card of an agent without skills. */
  static AgentCard card(Class<?> type, List<SkillMethod> skills) {
    List<MethodSpec> specs = AgentRegistry.read(type.getClassLoader(), type.getName());
    String name = specs.get(0).agent();
    String version = specs.get(0).version();
    String described = AgentRegistry.description(type.getClassLoader(), type.getName());
    String description = described.isEmpty() ? "The agent " + name + "." : described;
    List<AgentSkill> entries =
        skills.stream()
            .map(skill ->
                AgentSkill.of(
                    skill.id(), skill.id(), skillDescription(described, name, skill), name))
            .toList();
    return SkillCard.of(name, description, version, entries);
  }

  private static String skillDescription(String described, String agent, SkillMethod skill) {
    return described.isEmpty() ? agent + "." + skill.id() : described;
  }
}
