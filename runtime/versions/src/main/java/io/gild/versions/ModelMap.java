package io.gild.versions;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which models replace which.
 *
 * @param all the model that replaces all others; empty if there is none
 * @param replacements names of new models by those of present ones
 */
record ModelMap(String all, Map<String, String> replacements) {

  static final ModelMap NONE = new ModelMap("", Map.of());

  ModelMap {
    replacements = Map.copyOf(replacements);
    for (Map.Entry<String, String> each : replacements.entrySet()) {
      if (each.getKey().isBlank() || each.getValue().isBlank()) {
        throw new IllegalArgumentException(
            "models must map names to names, but maps \"%s\" to \"%s\""
                .formatted(each.getKey(), each.getValue()));
      }
    }
  }

  static ModelMap to(String model) {
    if (model.isBlank()) {
      throw new IllegalArgumentException("model must be the name of a model, but is blank");
    }
    return new ModelMap(model, Map.of());
  }

  static ModelMap of(Map<String, String> replacements) {
    return new ModelMap("", replacements);
  }

  boolean isEmpty() {
    return all.isEmpty() && replacements.isEmpty();
  }

  /** Returns the model in place of another one; null if that one stays. */
  @Nullable String of(@Nullable String model) {
    if (!all.isEmpty()) {
      return all;
    }
    return model == null ? null : replacements.get(model);
  }
}
