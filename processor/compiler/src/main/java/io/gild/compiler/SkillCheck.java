package io.gild.compiler;

import io.gild.compiler.AgentModel.Method;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationValue;

/** Finds skills that no other agent could use. */
final class SkillCheck implements Check {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+*-]+(;.*)?");

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    Set<String> ids = new HashSet<>();
    for (SkillModel skill : SkillModel.of(agent)) {
      Method method = skill.method();
      Mirror mirror = skill.mirror();
      if (!ID.matcher(skill.id()).matches()) {
        diagnostics.onAttribute(Message.SKILL_BAD_ID, method.element(), mirror, "id", skill.id());
      } else if (!ids.add(skill.id())) {
        diagnostics.onAnnotation(
            Message.SKILL_SAME_ID, method.element(), mirror, agent.name(), skill.id());
      }
      if (mirror.text("description").isBlank()) {
        diagnostics.onAttribute(
            Message.SKILL_NO_DESCRIPTION, method.element(), mirror, "description", skill.id());
      }
      checkMediaTypes(skill, "inputModes", diagnostics);
      checkMediaTypes(skill, "outputModes", diagnostics);
    }
  }

  private static void checkMediaTypes(SkillModel skill, String attribute, Diagnostics diagnostics) {
    for (AnnotationValue value : skill.mirror().items(attribute)) {
      String type = value.getValue().toString();
      if (!MEDIA_TYPE.matcher(type).matches()) {
        diagnostics.onValue(
            Message.SKILL_BAD_MEDIA_TYPE, skill.method().element(), skill.mirror(), value, type);
      }
    }
  }
}
