package io.gild.testkit;

import io.gild.config.Experimental;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a model: a text, tool calls, or both.
 *
 * @param text the text; empty if the model only calls tools
 * @param toolCalls the tools that the model requests
 * @param finishReason why the answer ends, in OpenAI's words (stop, length, tool_calls,
 *     content_filter), or null for the natural one; translated for the other wire formats
 * @param special the parts of input and output that some formats count separately; never more than
 *     the whole; input and output themselves are counted from the texts
 */
@Experimental
public record ModelAnswer(
    String text, List<RequestedTool> toolCalls, @Nullable String finishReason, Usage special) {

  public ModelAnswer {
    toolCalls = List.copyOf(toolCalls);
    for (TokenKind kind : TokenKind.values()) {
      checkSpecial(kind, special);
    }
  }

  /** Creates an answer without special tokens. */
  public ModelAnswer(String text, List<RequestedTool> toolCalls, @Nullable String finishReason) {
    this(text, toolCalls, finishReason, Usage.NONE);
  }

  /** Creates an answer of text. */
  public static ModelAnswer text(String text) {
    return new ModelAnswer(text, List.of(), null);
  }

  /** Creates an answer that calls one tool; the arguments are a JSON object. */
  public static ModelAnswer toolCall(String name, String arguments) {
    return new ModelAnswer("", List.of(new RequestedTool("call_" + name, name, arguments)), null);
  }

  /** Returns this answer with another finish reason. */
  public ModelAnswer withFinishReason(String reason) {
    return new ModelAnswer(text, toolCalls, reason, special);
  }

  /** Returns this answer with tokens that are counted separately. */
  public ModelAnswer withSpecialTokens(Usage tokens) {
    return new ModelAnswer(text, toolCalls, finishReason, tokens);
  }

  private static void checkSpecial(TokenKind kind, Usage special) {
    long tokens = special.get(kind);
    TokenKind whole = kind.whole();
    if (whole == null && tokens > 0) {
      throw new IllegalArgumentException(
          kind.key() + " is counted from the texts, and must not be special, but is " + tokens);
    }
    if (whole != null && whole.whole() != null && tokens > special.get(whole)) {
      throw new IllegalArgumentException(
          kind.key()
              + " is a part of "
              + whole.key()
              + ", but "
              + tokens
              + " is more than "
              + special.get(whole));
    }
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
