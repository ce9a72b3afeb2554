package io.gild.libraries;

import io.gild.config.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model's response says of its making.
 *
 * @param model name of the model as its provider reports it
 * @param usage the tokens it took
 * @param finishReason why the model stopped, in lower case; null if the response does not say
 * @param toolCalls names of the tools that the model wants to be run
 */
record ReadAnswer(
    String model, Usage usage, @Nullable String finishReason, List<String> toolCalls) {

  static final String UNKNOWN_MODEL = "unknown";

  /** Takes what is empty for what is not there. */
  ReadAnswer {
    model = model.isBlank() ? UNKNOWN_MODEL : model;
    finishReason = finishReason == null || finishReason.isBlank() ? null : finishReason;
  }

  ReadAnswer withUsage(Usage counted) {
    return new ReadAnswer(model, counted, finishReason, toolCalls);
  }
}
