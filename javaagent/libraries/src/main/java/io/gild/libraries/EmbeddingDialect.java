package io.gild.libraries;

import io.gild.config.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings of any library: nothing of them is a prompt, nothing is routed, and no text can stand
 * for one.
 */
abstract class EmbeddingDialect extends ModelDialect {

  @Override
  final @Nullable String prompt(@Nullable Object[] arguments) {
    return null;
  }

  /** A text has another meaning in each model's space. */
  @Override
  final @Nullable Object[] withModel(
      @Nullable Object self, @Nullable Object[] arguments, String model) {
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
    throw new IllegalStateException("a fallback's text cannot stand for an embedding");
  }
}
