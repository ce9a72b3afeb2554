package io.gild.weaver;

import io.gild.core.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model's response tells of its making.
 *
 * @param model name of the model as its provider reports it
 * @param usage the tokens it took
 * @param finishReason why the model stopped, in lower case; null if the response does not say
 * @param toolCalls names of the tools that the model wants to be run
 * @param empty whether there is neither text nor a tool call
 */
record ModelAnswer(
    String model,
    Usage usage,
    @Nullable String finishReason,
    List<String> toolCalls,
    boolean empty) {

  static final String UNKNOWN_MODEL = "unknown";
}
