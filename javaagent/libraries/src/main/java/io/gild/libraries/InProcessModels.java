package io.gild.libraries;

import org.jspecify.annotations.Nullable;

/** Knows the models that run in the application's own process: no one is asked, and no one paid. */
final class InProcessModels {

  /** What {@code gen_ai.provider.name} has for them; the conventions have no word. */
  static final String PROVIDER = "in-process";

  private static final String UNNAMED = "unknown";

  /** Packages of such models and of what they extend, each with a dot behind it. */
  private static final String[] PACKAGES = {
    "dev.langchain4j.model.embedding.onnx.",
    "dev.langchain4j.model.scoring.onnx.",
    "dev.langchain4j.model.jlama.",
    "dev.langchain4j.model.gpullama3.",
    "org.springframework.ai.transformers.",
  };

  private InProcessModels() {}

  static boolean has(@Nullable Object model) {
    for (Class<?> type = model == null ? null : model.getClass();
        type != null;
        type = type.getSuperclass()) {
      for (String each : PACKAGES) {
        if (type.getName().startsWith(each)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the name of such a model: the one it says, or that of its class. */
  static String name(Object model, @Nullable String said) {
    return said == null || said.isEmpty() || said.equals(UNNAMED)
        ? model.getClass().getSimpleName()
        : said;
  }
}
