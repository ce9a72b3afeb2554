package io.gild.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model answers: a text, tool calls, or both.
 *
 * @param text the text; empty if the model only calls tools
 * @param toolCalls the tools the model wants called
 * @param finishReason why the answer ends, in OpenAI's words (stop, length, tool_calls,
 *     content_filter), or null for the natural one; translated for the other wire formats
 * @param special tokens that are counted apart, by the formats that do; no more than there are
 */
public record ModelAnswer(
    String text, List<ToolCall> toolCalls, @Nullable String finishReason, SpecialTokens special) {

  public ModelAnswer {
    toolCalls = List.copyOf(toolCalls);
  }

  /** Creates an answer of which no tokens are special. */
  public ModelAnswer(String text, List<ToolCall> toolCalls, @Nullable String finishReason) {
    this(text, toolCalls, finishReason, SpecialTokens.NONE);
  }

  /** Creates an answer of text. */
  public static ModelAnswer text(String text) {
    return new ModelAnswer(text, List.of(), null);
  }

  /** Creates an answer that calls one tool; the arguments are a JSON object. */
  public static ModelAnswer toolCall(String name, String arguments) {
    return new ModelAnswer("", List.of(new ToolCall("call_" + name, name, arguments)), null);
  }

  /** Returns this answer with another finish reason. */
  public ModelAnswer withFinishReason(String reason) {
    return new ModelAnswer(text, toolCalls, reason, special);
  }

  /** Returns this answer with tokens that are counted apart. */
  public ModelAnswer withSpecialTokens(SpecialTokens tokens) {
    return new ModelAnswer(text, toolCalls, finishReason, tokens);
  }

  /** Returns the given finish reason, or the one that follows from the answer's content. */
  String effectiveFinishReason() {
    if (finishReason != null) {
      return finishReason;
    }
    return toolCalls.isEmpty() ? "stop" : "tool_calls";
  }

  /** Returns everything the model wrote, as it is counted in tokens. */
  String completionText() {
    StringBuilder completion = new StringBuilder(text);
    toolCalls.forEach(call -> completion.append(call.name()).append(call.arguments()));
    return completion.toString();
  }

  /** Returns this answer cut to the client's limit, as a real model would stop there. */
  ModelAnswer within(@Nullable Integer maxTokens) {
    if (maxTokens == null || !toolCalls.isEmpty() || Tokens.estimate(text) <= maxTokens) {
      return this;
    }
    return new ModelAnswer(Tokens.truncate(text, maxTokens), List.of(), "length", special);
  }
}
