package io.gild.weaver;

import io.gild.core.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the pieces of one streamed answer together; for one thread at a time. */
abstract class ModelPieces {

  /** Name of the model, once a piece said it. */
  protected String model = ModelAnswer.UNKNOWN_MODEL;

  /** The tokens, as the last piece that counts them has them. */
  protected Usage usage = Usage.NONE;

  /** Why the model stopped, once a piece said it. */
  protected @Nullable String finishReason;

  /** Names of the tools that the model wants to be run. */
  protected final List<String> tools = new ArrayList<>();

  /** Whether there was any text. */
  protected boolean text;

  /** Takes the next piece. */
  abstract void add(Object piece) throws Throwable;

  final ModelAnswer answer() {
    return new ModelAnswer(model, usage, finishReason, tools, !text && tools.isEmpty());
  }
}
