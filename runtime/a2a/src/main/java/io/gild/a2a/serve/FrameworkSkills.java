package io.gild.a2a.serve;

import io.gild.a2a.AgentCard;
import io.gild.a2a.AgentSkill;
import io.gild.core.MethodSpec;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;

/** The methods that LangChain4j's {@code @Agent} marks; the library need not be present. */
final class FrameworkSkills {

  private static final String AGENT = "dev.langchain4j.agentic.Agent";
  private static final String VARIABLE = "dev.langchain4j.service.V";
  private static final String MESSAGE = "dev.langchain4j.service.UserMessage";
  private static final String INSTANCE = "dev.langchain4j.agentic.planner.AgentInstance";
  private static final String UNTYPED = "dev.langchain4j.agentic.UntypedAgent";
  private static final String MEMORY = "dev.langchain4j.service.MemoryId";

  private FrameworkSkills() {}

  static List<SkillMethod> of(Class<?> type) {
    List<SkillMethod> skills = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      if (has(method, AGENT) && !method.isSynthetic()) {
        String name = text(method, AGENT, "name");
        skills.add(
            new SkillMethod(name.isEmpty() ? method.getName() : name, method, parameters(method)));
      }
    }
    return skills;
  }

  /** An agent without an interface of its own has the name that its builder gave it. */
  static AgentCard card(Object object, Class<?> type, List<SkillMethod> skills) {
    String given = type.getName().equals(UNTYPED) ? ofInstance(object, "name") : "";
    String name = given.isEmpty() ? type.getSimpleName() : given;
    List<AgentSkill> entries = new ArrayList<>();
    for (SkillMethod skill : skills) {
      entries.add(AgentSkill.of(skill.id(), skill.id(), description(object, skill), name));
    }
    return SkillCard.of(name, entries.get(0).description(), "", entries);
  }

  private static String description(Object object, SkillMethod skill) {
    for (String attribute : List.of("description", "value")) {
      String written = text(skill.method(), AGENT, attribute);
      if (!written.isEmpty()) {
        return written;
      }
    }
    String given = ofInstance(object, "description");
    return given.isEmpty() ? skill.id() : given;
  }

  /** Returns what an agent of the library says of itself; empty if it says nothing. */
  private static String ofInstance(Object object, String property) {
    for (Class<?> type : Types.of(object.getClass())) {
      if (type.getName().equals(INSTANCE)) {
        try {
          Object value = type.getMethod(property).invoke(object);
          return value == null ? "" : value.toString();
        } catch (ReflectiveOperationException absent) {
          return "";
        }
      }
    }
    return "";
  }

  private static List<MethodSpec.Parameter> parameters(Method method) {
    List<MethodSpec.Parameter> parameters = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      String variable = text(parameter, VARIABLE, "value");
      MethodSpec.Role role =
          has(parameter, MEMORY)
              ? MethodSpec.Role.SESSION
              : has(parameter, MESSAGE) ? MethodSpec.Role.PROMPT : MethodSpec.Role.NONE;
      parameters.add(
          new MethodSpec.Parameter(
              variable.isEmpty() ? parameter.getName() : variable,
              parameter.getType().getName(),
              role));
    }
    return parameters;
  }

  private static boolean has(AnnotatedElement element, String annotation) {
    for (Annotation each : element.getAnnotations()) {
      if (each.annotationType().getName().equals(annotation)) {
        return true;
      }
    }
    return false;
  }

  /** Returns an attribute of an annotation; empty if either is absent. */
  private static String text(AnnotatedElement element, String annotation, String attribute) {
    for (Annotation each : element.getAnnotations()) {
      if (each.annotationType().getName().equals(annotation)) {
        try {
          return String.valueOf(each.annotationType().getMethod(attribute).invoke(each));
        } catch (ReflectiveOperationException absent) {
          return "";
        }
      }
    }
    return "";
  }
}
