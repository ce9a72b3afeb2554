package io.gild.compiler;

import io.gild.compiler.AgentModel.Method;
import io.gild.compiler.AgentModel.Role;
import io.gild.config.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * A method as a skill of its agent.
 *
 * @param method the method
 * @param mirror its annotation
 */
record SkillModel(Method method, Mirror mirror) {

  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";
  private static final int MOST_EXAMPLES = 5;

  static List<SkillModel> of(AgentModel agent) {
    List<SkillModel> skills = new ArrayList<>();
    for (Method method : agent.methods()) {
      Mirror.of(method.element(), Names.ANNOTATIONS + "Skill")
          .ifPresent(mirror -> skills.add(new SkillModel(method, mirror)));
    }
    return skills;
  }

  String id() {
    String id = mirror.text("id");
    return id.isEmpty() ? method.name() : id;
  }

  /** Returns the skill as a card has it. */
  Map<String, Object> entry(AgentModel agent) {
    Map<String, Object> entry = new LinkedHashMap<>();
    String name = mirror.text("name");
    List<String> tags = mirror.texts("tags");
    entry.put("id", id());
    entry.put("name", name.isEmpty() ? id() : name);
    entry.put("description", mirror.text("description"));
    entry.put("tags", tags.isEmpty() ? List.of(agent.name()) : tags);
    List<String> examples = examples();
    if (!examples.isEmpty()) {
      entry.put("examples", examples);
    }
    entry.put("inputModes", inputModes());
    entry.put("outputModes", outputModes());
    return entry;
  }

  private List<String> examples() {
    List<String> written = mirror.texts("examples");
    if (!written.isEmpty()) {
      return written;
    }
    List<String> examples = new ArrayList<>();
    for (Mirror task : method.golden()) {
      List<String> input = task.texts("input");
      if (task.text("file").isEmpty() && !input.isEmpty() && examples.size() < MOST_EXAMPLES) {
        examples.add(input.size() == 1 ? input.get(0) : Json.write(input));
      }
    }
    return examples;
  }

  private List<String> inputModes() {
    List<String> written = mirror.texts("inputModes");
    if (!written.isEmpty()) {
      return written;
    }
    boolean prompt = method.parameters().stream().anyMatch(each -> each.role() == Role.PROMPT);
    return prompt ? List.of(TEXT, JSON) : List.of(JSON);
  }

  private List<String> outputModes() {
    List<String> written = mirror.texts("outputModes");
    if (!written.isEmpty()) {
      return written;
    }
    TypeMirror returned = method.element().getReturnType();
    boolean text =
        returned.getKind() == TypeKind.VOID
            || Descriptors.withoutAnnotations(returned).equals("java.lang.String");
    return List.of(text ? TEXT : JSON);
  }
}
