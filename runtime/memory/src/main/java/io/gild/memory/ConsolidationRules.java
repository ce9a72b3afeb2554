package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How memories are consolidated.
 *
 * <p>The strength of a memory decides which ones are kept when there are too many:
 *
 * <pre>
 * importance × (2^(−age / age-half-life) + 2^(−idle / idle-half-life)) / 2
 * </pre>
 *
 * where {@code age} is the time since it was said and {@code idle} the time since its last use. A
 * memory of importance 1 is never pruned.
 *
 * @param ageHalfLife after what age the first part is half; above zero
 * @param idleHalfLife after how long without use the second part is half; above zero
 * @param maxAge older memories are pruned, or {@code null} for no limit
 * @param maxIdle memories that were not used for longer are pruned, or {@code null} for no limit
 * @param maxMemories the most memories of an agent and user that are kept, the strongest; {@code
 *     null} for no limit
 * @param maxBytes the most bytes of their texts, as UTF-8; {@code null} for no limit
 * @param mergeSimilarity a memory whose words another one of the same owner and kind contains is
 *     merged into it if their cosine is at least this; 0 to 1, or {@code null} to merge nothing.
 *     Not if the longer one adds a number or a negation.
 * @param supersedeTopics whether of two memories of the same owner, kind and metadata {@code topic}
 *     the newer one supersedes the older one
 * @param undoFor how long a consolidation can be undone; zero or more
 */
@Experimental
public record ConsolidationRules(
    Duration ageHalfLife,
    Duration idleHalfLife,
    @Nullable Duration maxAge,
    @Nullable Duration maxIdle,
    @Nullable Integer maxMemories,
    @Nullable Long maxBytes,
    @Nullable Double mergeSimilarity,
    boolean supersedeTopics,
    Duration undoFor) {

  /** The metadata key of what a memory is about, for {@link #supersedeTopics}. */
  public static final String TOPIC = "topic";

  /** Checks the values. */
  public ConsolidationRules {
    Require.positive(ageHalfLife, "age-half-life");
    Require.positive(idleHalfLife, "idle-half-life");
    requirePositive(maxAge, "max-age");
    requirePositive(maxIdle, "max-idle");
    if (maxMemories != null) {
      Require.atLeast(1, maxMemories, "max-memories");
    }
    if (maxBytes != null) {
      Require.atLeast(1, maxBytes, "max-bytes");
    }
    if (mergeSimilarity != null) {
      Require.between(0, 1, mergeSimilarity, "merge-similarity");
    }
    Require.notNegative(undoFor, "undo-for");
  }

  private static void requirePositive(@Nullable Duration value, String name) {
    if (value != null) {
      Require.positive(value, name);
    }
  }

  /**
   * Returns the usual rules: nothing is pruned, contained memories are merged, newer facts about a
   * topic supersede older ones, and seven days are left to undo it.
   *
   * @return the rules
   */
  public static ConsolidationRules defaults() {
    return new ConsolidationRules(
        Duration.ofDays(30),
        Duration.ofDays(7),
        null,
        null,
        null,
        null,
        0.9,
        true,
        Duration.ofDays(7));
  }
}
