package io.gild.memory;

import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that receives texts.
 *
 * @param index its position
 * @param type binary name of its erased type
 */
record FilledParameter(int index, String type) {

  /**
   * Finds the parameter that settings name or an annotation marks; {@code null} if there is none.
   */
  static @Nullable FilledParameter of(MethodSpec spec, @Nullable String name, Role role) {
    List<Parameter> parameters = spec.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter each = parameters.get(i);
      if (name == null ? each.role() == role : each.name().equals(name)) {
        return checked(spec, i, each, role);
      }
    }
    if (name != null) {
      GildLog.infoOnce(
          "%s has no parameter %s that could receive memories; it has %s"
              .formatted(spec.id(), name, parameters.stream().map(Parameter::name).toList()));
    }
    return null;
  }

  private static @Nullable FilledParameter checked(
      MethodSpec spec, int index, Parameter found, Role role) {
    if (spec.wrapped() && found.role() != role) {
      GildLog.infoOnce(
          "Parameter %s of %s receives no memories, because its wrapper passes on what the caller gave; mark it with @%s"
              .formatted(found.name(), spec.id(), role == Role.RECALL ? "Recall" : "Experience"));
      return null;
    }
    if (CallMemory.takes(found.type())) {
      return new FilledParameter(index, found.type());
    }
    GildLog.infoOnce(
        "Parameter %s of %s is a %s, so it receives no memories; it must be a String or a List<String>"
            .formatted(found.name(), spec.id(), found.type()));
    return null;
  }

  Object value(List<String> texts) {
    return type.equals("java.lang.String") ? String.join("\n", texts) : texts;
  }
}
