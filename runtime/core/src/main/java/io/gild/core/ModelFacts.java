package io.gild.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts of a model request other than its tokens; guarded by its {@link CallDetail}. */
final class ModelFacts {

  @Nullable String provider;
  @Nullable String serviceTier;
  @Nullable String requestModel;
  @Nullable String responseModel;
  @Nullable String responseId;
  @Nullable String finishReason;
  List<String> toolCalls = List.of();

  /** When the first chunk of a streamed answer arrived; only if {@link #streamed}. */
  long firstChunkNanos;

  boolean streamed;
}
