package io.gild.libraries;

import io.gild.config.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a model's response.
 *
 * @param model name of the model as its provider reports it
 * @param usage its tokens
 * @param finishReason why the model stopped, in lower case; null if the response does not report it
 * @param toolCalls names of the tools that the model requests
 */
record ReadAnswer(
    String model, Usage usage, @Nullable String finishReason, List<String> toolCalls) {

  static final String UNKNOWN_MODEL = "unknown";

  /** Replaces empty values by missing ones. */
  ReadAnswer {
    model = model.isBlank() ? UNKNOWN_MODEL : model;
    finishReason = finishReason == null || finishReason.isBlank() ? null : finishReason;
  }

  ReadAnswer withUsage(Usage counted) {
    return new ReadAnswer(model, counted, finishReason, toolCalls);
  }
}
