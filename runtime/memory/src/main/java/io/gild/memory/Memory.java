package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is remembered beyond a session; immutable.
 *
 * @param id unique within the tenant
 * @param owner whose memory it is
 * @param text what is remembered, as one statement; not blank
 * @param kind what it is, such as {@code fact}, {@code message} or {@code experience}
 * @param importance how much it matters; 0 to 1
 * @param created when it was stored first
 * @param validFrom from when it is true
 * @param validUntil until when it is true, that instant excluded; {@code null} without an end
 * @param review when a person should look at it again, or {@code null}
 * @param source where it comes from
 * @param metadata texts, finite numbers and booleans by key, for filters
 * @param supersededBy id of the memory that replaced it; empty if none has
 * @param reason why it was replaced; empty if unknown
 * @param mergedFrom ids of the memories that were merged into this one
 * @param uses how often it was recalled, or stored again
 * @param lastUsed when that was last, or {@code created}
 * @param pruned why and when consolidation removed it; {@code null} if it did not
 */
@Experimental
public record Memory(
    String id,
    MemoryOwner owner,
    String text,
    String kind,
    double importance,
    Instant created,
    Instant validFrom,
    @Nullable Instant validUntil,
    @Nullable Instant review,
    MemorySource source,
    Map<String, Object> metadata,
    String supersededBy,
    String reason,
    List<String> mergedFrom,
    long uses,
    Instant lastUsed,
    @Nullable Pruned pruned) {

  /** Checks the values and copies the collections. */
  public Memory {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id must not be empty");
    }
    if (text.isBlank()) {
      throw new IllegalArgumentException("text must not be blank");
    }
    Require.between(0, 1, importance, "importance");
    if (validUntil != null && validUntil.isBefore(validFrom)) {
      throw new IllegalArgumentException(
          "valid-until must not be before valid-from, but is " + validUntil + " < " + validFrom);
    }
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    mergedFrom = List.copyOf(mergedFrom);
  }

  /**
   * A removal by consolidation, which can be undone for a while.
   *
   * @param at when it was removed
   * @param run id of the consolidation
   * @param why the reason
   */
  public record Pruned(Instant at, String run, String why) {}

  /**
   * Returns whether it is remembered and true at a time.
   *
   * @param time the time
   * @return whether recall may find it
   */
  public boolean holds(Instant time) {
    return pruned == null
        && !time.isBefore(validFrom)
        && (validUntil == null || time.isBefore(validUntil));
  }

  /**
   * Returns a builder with the values of this memory.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Makes a changed copy of a memory. */
  public static final class Builder {

    private final Memory old;
    private String text;
    private double importance;
    private @Nullable Instant validUntil;
    private @Nullable Instant review;
    private Map<String, Object> metadata;
    private String supersededBy;
    private String reason;
    private List<String> mergedFrom;
    private long uses;
    private Instant lastUsed;
    private @Nullable Pruned pruned;

    private Builder(Memory old) {
      this.old = old;
      this.text = old.text;
      this.importance = old.importance;
      this.validUntil = old.validUntil;
      this.review = old.review;
      this.metadata = old.metadata;
      this.supersededBy = old.supersededBy;
      this.reason = old.reason;
      this.mergedFrom = old.mergedFrom;
      this.uses = old.uses;
      this.lastUsed = old.lastUsed;
      this.pruned = old.pruned;
    }

    /**
     * Sets the text.
     *
     * @param newText not blank
     * @return this
     */
    public Builder text(String newText) {
      text = newText;
      return this;
    }

    /**
     * Sets the importance.
     *
     * @param newImportance 0 to 1
     * @return this
     */
    public Builder importance(double newImportance) {
      importance = newImportance;
      return this;
    }

    /**
     * Ends the validity.
     *
     * @param end until when it is true, or {@code null}
     * @return this
     */
    public Builder validUntil(@Nullable Instant end) {
      validUntil = end;
      return this;
    }

    /**
     * Sets the review date.
     *
     * @param date when a person should look at it again, or {@code null}
     * @return this
     */
    public Builder review(@Nullable Instant date) {
      review = date;
      return this;
    }

    /**
     * Sets the metadata.
     *
     * @param values texts, finite numbers and booleans by key
     * @return this
     */
    public Builder metadata(Map<String, Object> values) {
      metadata = values;
      return this;
    }

    /**
     * Sets what replaced it.
     *
     * @param by id of the new memory; empty for none
     * @param why the reason
     * @return this
     */
    public Builder superseded(String by, String why) {
      supersededBy = by;
      reason = why;
      return this;
    }

    /**
     * Sets what was merged into it.
     *
     * @param ids ids of memories
     * @return this
     */
    public Builder mergedFrom(List<String> ids) {
      mergedFrom = ids;
      return this;
    }

    /**
     * Counts uses.
     *
     * @param number how often it was used in all
     * @param last when that was last
     * @return this
     */
    public Builder used(long number, Instant last) {
      uses = number;
      lastUsed = last;
      return this;
    }

    /**
     * Sets whether consolidation removed it.
     *
     * @param removal why and when, or {@code null}
     * @return this
     */
    public Builder pruned(@Nullable Pruned removal) {
      pruned = removal;
      return this;
    }

    /**
     * Creates the memory.
     *
     * @return the memory
     */
    public Memory build() {
      return new Memory(
          old.id,
          old.owner,
          text,
          old.kind,
          importance,
          old.created,
          old.validFrom,
          validUntil,
          review,
          old.source,
          metadata,
          supersededBy,
          reason,
          mergedFrom,
          uses,
          lastUsed,
          pruned);
    }
  }
}
