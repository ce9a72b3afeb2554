package io.gild.core;

import io.gild.config.Experimental;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reasons to stop, in the words of the providers, that mean that a model did not answer. */
@Experimental
public final class RefusalReasons {

  private static final Set<String> REASONS =
      Set.of(
          "refusal",
          "content_filter",
          "content_filtered",
          "guardrail_intervened",
          "safety",
          "prohibited_content",
          "blocklist",
          "recitation",
          "spii");

  private RefusalReasons() {}

  /**
   * Returns whether a provider refused an answer.
   *
   * @param finishReason why the model stopped, in any case; {@code null} if unknown
   * @return {@code true} for a refusal
   */
  public static boolean contain(@Nullable String finishReason) {
    return finishReason != null && REASONS.contains(finishReason.toLowerCase(Locale.ROOT));
  }
}
