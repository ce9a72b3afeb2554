package io.gild.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a model request besides its tokens; guarded by its {@link CallDetail}. */
final class ModelFacts {

  @Nullable String provider;
  @Nullable String requestModel;
  @Nullable String responseModel;
  @Nullable String responseId;
  @Nullable String finishReason;
  List<String> toolCalls = List.of();

  /** When the first piece of a streamed answer came; only if {@link #streamed}. */
  long firstChunkNanos;

  boolean streamed;
}
