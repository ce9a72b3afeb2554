package io.gild.libraries;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the pieces of one streamed answer together; for one thread at a time. */
abstract class ModelPieces {

  /** Name of the model, once a piece said it. */
  protected String model = ReadAnswer.UNKNOWN_MODEL;

  /** The tokens, each as the last piece that counts it has it. */
  protected final ReportedTokens tokens = new ReportedTokens();

  /** Why the model stopped, once a piece said it. */
  protected @Nullable String finishReason;

  /** Names of the tools that the model wants to be run. */
  protected final List<String> tools = new ArrayList<>();

  /** Whether the last event of the protocol was among the pieces. */
  protected boolean ended;

  /** Takes the next piece. */
  abstract void add(Object piece) throws Throwable;

  /** Takes what a piece says of the model and of why it stopped, if it says anything. */
  final void take(@Nullable String name, @Nullable String reason) {
    if (name != null && !name.isBlank() && !name.equals(ReadAnswer.UNKNOWN_MODEL)) {
      model = name;
    }
    if (reason != null && !reason.isBlank()) {
      finishReason = reason;
      ended = true;
    }
  }

  /** Takes the name of a tool, if there is one. */
  final void takeTool(@Nullable String name) {
    if (name != null && !name.isBlank()) {
      tools.add(name);
    }
  }

  /**
   * Whether the stream came to its own end. A stream that the transport ended without the last
   * event of its protocol is broken off; one without any text, or without a field, is not.
   *
   * @param decoded whether the library decoded the end; null if that is not known
   */
  boolean isEnded(@Nullable Boolean decoded) {
    return ended || Boolean.TRUE.equals(decoded);
  }

  final ReadAnswer answer() {
    return new ReadAnswer(model, tokens.usage(), finishReason, List.copyOf(tools));
  }
}
