package io.gild.libraries;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Combines the chunks of one streamed answer; for one thread at a time. */
abstract class ModelChunks {

  /** Name of the model, after a chunk has named it. */
  protected String model = ReadAnswer.UNKNOWN_MODEL;

  /** The tokens; each count is that of the last chunk that contains it. */
  protected final ReportedTokens tokens = new ReportedTokens();

  /** Why the model stopped, after a chunk has reported it. */
  protected @Nullable String finishReason;

  /** The service tier, after a chunk has named it. */
  private @Nullable String serviceTier;

  /** Names of the tools that the model requests. */
  protected final List<String> tools = new ArrayList<>();

  /** Whether the last event of the protocol was among the chunks. */
  protected boolean ended;

  /** Adds the next chunk. */
  abstract void add(Object chunk) throws Throwable;

  /** Adds a chunk's model and finish reason, if it has them. */
  final void take(@Nullable String name, @Nullable String reason) {
    if (name != null && !name.isBlank() && !name.equals(ReadAnswer.UNKNOWN_MODEL)) {
      model = name;
    }
    if (reason != null && !reason.isBlank()) {
      finishReason = reason;
      ended = true;
    }
  }

  /** Adds a chunk's service tier, if it names one: that of the last chunk counts. */
  final void takeServiceTier(@Nullable String tier) {
    if (tier != null && !tier.isBlank()) {
      serviceTier = tier;
    }
  }

  /** Returns the service tier; null if no chunk has named one. */
  final @Nullable String namedTier() {
    return serviceTier;
  }

  /** Adds the name of a tool, if there is one. */
  final void takeTool(@Nullable String name) {
    if (name != null && !name.isBlank()) {
      tools.add(name);
    }
  }

  /**
   * Whether the stream is complete. A stream that the transport ended without the last event of its
   * protocol was cut off; a stream without any text, or without a field, was not.
   *
   * @param decoded whether the library decoded the end; null if unknown
   */
  boolean isEnded(@Nullable Boolean decoded) {
    return ended || Boolean.TRUE.equals(decoded);
  }

  final ReadAnswer answer() {
    return new ReadAnswer(model, tokens.usage(), finishReason, List.copyOf(tools));
  }
}
