package io.gild.memory;

import io.gild.config.Experimental;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of a session that a store makes as a whole or not at all: it checks the conditions,
 * removes, appends, pins, sets, trims, and moves the expiry, in this order. Immutable.
 */
@Experimental
public final class SessionChange {

  private final @Nullable Long revision;
  private final @Nullable Integer summaryNumber;
  private final Set<String> removed;
  private final List<SessionMessage> appended;
  private final Set<String> pinned;
  private final Set<String> unpinned;
  private final @Nullable SessionSummary summary;
  private final List<ValueChange> values;
  private final SessionLimits limits;
  private final @Nullable Duration timeToLive;

  private SessionChange(Builder builder) {
    this.revision = builder.revision;
    this.summaryNumber = builder.summaryNumber;
    this.removed = Set.copyOf(builder.removed);
    this.appended = List.copyOf(builder.appended);
    this.pinned = Set.copyOf(builder.pinned);
    this.unpinned = Set.copyOf(builder.unpinned);
    this.summary = builder.summary;
    this.values = List.copyOf(builder.values);
    this.limits = builder.limits;
    this.timeToLive = builder.timeToLive;
  }

  /**
   * A value of the session's context that is set or removed.
   *
   * @param name its name
   * @param conditional whether it must have an expected value before
   * @param expected the JSON that it must have before; {@code null} if there must be none
   * @param json its new JSON, or {@code null} to remove it
   */
  public record ValueChange(
      String name, boolean conditional, @Nullable String expected, @Nullable String json) {}

  /**
   * Returns a builder of a change.
   *
   * @return a builder that changes nothing
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the parts of a change. */
  public static final class Builder {

    private @Nullable Long revision;
    private @Nullable Integer summaryNumber;
    private final Set<String> removed = new LinkedHashSet<>();
    private final List<SessionMessage> appended = new ArrayList<>();
    private final Set<String> pinned = new LinkedHashSet<>();
    private final Set<String> unpinned = new LinkedHashSet<>();
    private @Nullable SessionSummary summary;
    private final List<ValueChange> values = new ArrayList<>();
    private SessionLimits limits = SessionLimits.none();
    private @Nullable Duration timeToLive;

    private Builder() {}

    /**
     * Requires that the session has not changed.
     *
     * @param expected its revision; 0 if there must be none
     * @return this
     */
    public Builder ifRevision(long expected) {
      revision = expected;
      return this;
    }

    /**
     * Requires that no one else has summarized the session.
     *
     * @param expected number of its summary; 0 if there must be none
     * @return this
     */
    public Builder ifSummary(int expected) {
      summaryNumber = expected;
      return this;
    }

    /**
     * Removes messages; ids that the session does not have are ignored.
     *
     * @param ids the ids
     * @return this
     */
    public Builder remove(Iterable<String> ids) {
      ids.forEach(removed::add);
      return this;
    }

    /**
     * Appends messages; those whose id the session has, or had lately, are ignored.
     *
     * @param messages the messages in order
     * @return this
     */
    public Builder append(List<SessionMessage> messages) {
      appended.addAll(messages);
      return this;
    }

    /**
     * Pins a message or ends its being pinned; an id that the session does not have is ignored.
     *
     * @param id the id
     * @param value whether trimming keeps it
     * @return this
     */
    public Builder pin(String id, boolean value) {
      (value ? pinned : unpinned).add(id);
      (value ? unpinned : pinned).remove(id);
      return this;
    }

    /**
     * Sets the summary.
     *
     * @param newSummary stands for the messages that were removed
     * @return this
     */
    public Builder summary(SessionSummary newSummary) {
      summary = newSummary;
      return this;
    }

    /**
     * Sets or removes a value of the context.
     *
     * @param change the value
     * @return this
     */
    public Builder value(ValueChange change) {
      values.add(change);
      return this;
    }

    /**
     * Trims the session after the rest of the change.
     *
     * @param newLimits what is kept
     * @return this
     */
    public Builder trim(SessionLimits newLimits) {
      limits = newLimits;
      return this;
    }

    /**
     * Lets the session expire.
     *
     * @param duration how long after this change; {@code null} leaves it as it is, which is never
     *     for a new session
     * @return this
     */
    public Builder timeToLive(@Nullable Duration duration) {
      timeToLive = duration;
      return this;
    }

    /**
     * Creates the change.
     *
     * @return the change
     */
    public SessionChange build() {
      return new SessionChange(this);
    }
  }

  /**
   * Returns the revision that the session must have.
   *
   * @return the revision, or {@code null} for any
   */
  public @Nullable Long revision() {
    return revision;
  }

  /**
   * Returns the number that the session's summary must have.
   *
   * @return the number, or {@code null} for any
   */
  public @Nullable Integer summaryNumber() {
    return summaryNumber;
  }

  /**
   * Returns the ids of the messages to be removed.
   *
   * @return the ids
   */
  public Set<String> removed() {
    return removed;
  }

  /**
   * Returns the messages to be appended.
   *
   * @return the messages in order
   */
  public List<SessionMessage> appended() {
    return appended;
  }

  /**
   * Returns the ids of the messages to be pinned.
   *
   * @return the ids
   */
  public Set<String> pinned() {
    return pinned;
  }

  /**
   * Returns the ids of the messages that are to be pinned no longer.
   *
   * @return the ids
   */
  public Set<String> unpinned() {
    return unpinned;
  }

  /**
   * Returns the new summary.
   *
   * @return the summary, or {@code null} to keep the present one
   */
  public @Nullable SessionSummary summary() {
    return summary;
  }

  /**
   * Returns the changes of context values.
   *
   * @return the changes in order
   */
  public List<ValueChange> values() {
    return values;
  }

  /**
   * Returns what is kept of the session.
   *
   * @return the limits
   */
  public SessionLimits limits() {
    return limits;
  }

  /**
   * Returns how long after this change the session expires.
   *
   * @return a duration above zero, or {@code null} to leave its expiry as it is
   */
  public @Nullable Duration timeToLive() {
    return timeToLive;
  }
}
