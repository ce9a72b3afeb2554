package io.gild.libraries;

import io.gild.config.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Embeddings of any library: they have no prompt, are not routed, and no text can replace one. */
abstract class EmbeddingDialect extends ModelDialect {

  @Override
  final @Nullable String prompt(@Nullable Object[] arguments) {
    return null;
  }

  /** Vectors of different models cannot be compared. */
  @Override
  final @Nullable Object[] withModel(
      @Nullable Object self, @Nullable Object[] arguments, String model) {
    return arguments;
  }

  /** A model that makes vectors follows no instructions. */
  @Override
  final @Nullable Object[] withInstructions(@Nullable Object[] arguments, String text) {
    return arguments;
  }

  static ReadAnswer answer(@Nullable Object model, long tokens) {
    return new ReadAnswer(
        model == null ? ReadAnswer.UNKNOWN_MODEL : model.toString(),
        Usage.of(tokens, 0),
        null,
        List.of());
  }

  @Override
  final String text(Object response) {
    return "";
  }

  @Override
  final Object responseOf(Object librarySibling, String text) {
    throw new IllegalStateException("a fallback's text cannot replace an embedding");
  }
}
