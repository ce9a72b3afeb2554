package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import io.gild.core.PersonalData;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How agents remember.
 *
 * @param session conversations
 * @param longTerm facts and experiences
 * @param recall how much each signal counts in recall
 * @param consolidation when memories are merged and pruned
 * @param consolidateEvery how often all tenants are consolidated; {@code null} for never by itself
 * @param maxExperiences about the most experiences of an agent and tenant; 1 or more
 */
@Experimental
public record MemorySettings(
    SessionSettings session,
    LongTermSettings longTerm,
    RecallWeights recall,
    ConsolidationRules consolidation,
    @Nullable Duration consolidateEvery,
    int maxExperiences) {

  /** The section {@code memory}. */
  public static final Section<MemorySettings> SECTION =
      Section.of("memory", MemorySettings.class)
          .optional(MemorySettings.class, "consolidate-every")
          .optional(SessionSettings.class, "time-to-live", "summary-model")
          .optional(LongTermSettings.class, "embedder")
          .optional(
              ConsolidationRules.class,
              "max-age",
              "max-idle",
              "max-memories",
              "max-bytes",
              "merge-similarity")
          .optional(RecallPolicy.class, "parameter")
          .optional(ExperiencePolicy.class, "parameter");

  /** Checks the values. */
  public MemorySettings {
    if (consolidateEvery != null) {
      Require.positive(consolidateEvery, "consolidate-every");
    }
    Require.atLeast(1, maxExperiences, "max-experiences");
  }

  /** How a session is shortened. */
  public enum Summary {
    /** Turns beyond the limits are dropped. */
    NONE,
    /** Their most telling sentences stay. */
    EXTRACTIVE,
    /** A model summarizes them. */
    MODEL
  }

  /**
   * Conversations.
   *
   * @param store {@code in-process}, {@code folder}, or the name of a store that is on the class
   *     path, such as {@code redis}
   * @param timeToLive how long after its last change a session expires; {@code null} for never
   * @param maxMessages the most messages of a session; 1 or more
   * @param maxTokens the most tokens of a session, as estimated; 1 or more
   * @param summary how the turns beyond these limits are kept
   * @param summaryModel name of the model; {@code null} for the client's default
   * @param summaryTokens about the most tokens of a summary; 1 or more
   * @param keptTurns how many of the newest turns stay word for word; 1 or more
   * @param maxMessageBytes the longest message; 1 or more
   * @param maxSessions the most sessions in process; 1 or more
   * @param maxBytes the most bytes of sessions in process; 1 or more
   */
  public record SessionSettings(
      String store,
      @Nullable Duration timeToLive,
      int maxMessages,
      int maxTokens,
      Summary summary,
      @Nullable String summaryModel,
      int summaryTokens,
      int keptTurns,
      int maxMessageBytes,
      int maxSessions,
      long maxBytes) {

    /** Checks the values. */
    public SessionSettings {
      if (timeToLive != null) {
        Require.positive(timeToLive, "time-to-live");
      }
      Require.atLeast(1, maxMessages, "max-messages");
      Require.atLeast(1, maxTokens, "max-tokens");
      Require.atLeast(1, summaryTokens, "summary-tokens");
      Require.atLeast(1, keptTurns, "kept-turns");
      Require.atLeast(1, maxMessageBytes, "max-message-bytes");
      Require.atLeast(1, maxSessions, "max-sessions");
      Require.atLeast(1, maxBytes, "max-bytes");
    }
  }

  /**
   * Facts and experiences.
   *
   * @param store {@code in-process}, {@code folder}, or the name of a store that is on the class
   *     path, such as {@code postgres}
   * @param embedder name of the embedder that makes vectors, or the beginning of it; {@code null}
   *     for the first one on the class path, or else hashed words
   * @param redact kinds of personal data that are replaced before something is stored
   * @param maxLoaded about how many memories of all tenants a folder keeps in memory; 1 or more
   */
  public record LongTermSettings(
      String store, @Nullable String embedder, List<PersonalData.Kind> redact, int maxLoaded) {

    /** Checks the values and copies the list. */
    public LongTermSettings {
      redact = List.copyOf(redact);
      Require.atLeast(1, maxLoaded, "max-loaded");
    }
  }
}
