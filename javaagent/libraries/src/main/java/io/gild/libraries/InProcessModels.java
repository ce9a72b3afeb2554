package io.gild.libraries;

import org.jspecify.annotations.Nullable;

/**
 * Detects models that run in the application's own process, without a provider and without cost.
 */
final class InProcessModels {

  /** Their value of {@code gen_ai.provider.name}; the conventions define none. */
  static final String PROVIDER = "in-process";

  private static final String UNNAMED = "unknown";

  /** Packages of such models and of their supertypes, each with a trailing dot. */
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

  /** Returns the name of such a model: its own, or that of its class. */
  static String name(Object model, @Nullable String reported) {
    return reported == null || reported.isEmpty() || reported.equals(UNNAMED)
        ? model.getClass().getSimpleName()
        : reported;
  }
}
