package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import io.gild.memory.spi.SessionStore;
import io.gild.memory.spi.Summarizer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of agents, in one store: bounded, summarized and expiring as the options
 * define. Thread-safe.
 *
 * <pre>{@code
 * Sessions sessions = Sessions.builder(store).build();
 * ChatSession session = sessions.session(new SessionKey("acme", "support", "42"));
 * session.append(SessionMessage.of(Role.USER, "Where is my parcel?"));
 * }</pre>
 */
@Experimental
public final class Sessions implements AutoCloseable {

  /** How often a summary is made anew because another writer was faster. */
  private static final int TRIES = 3;

  private static final Summarizer WITHOUT_MODEL = new ExtractiveSummarizer();

  private final SessionStore store;
  private final SessionLimits limits;
  private final @Nullable Duration timeToLive;
  private final @Nullable Summarizer summarizer;
  private final int summaryTokens;
  private final int keptTurns;
  private final int maxMessageBytes;
  private final Clock clock;
  private final Executor executor;
  private final Set<SessionKey> summarizing = ConcurrentHashMap.newKeySet();

  private Sessions(Builder builder) {
    this.store = builder.store;
    this.limits = builder.limits;
    this.timeToLive = builder.timeToLive;
    this.summarizer = builder.summarizer;
    this.summaryTokens = builder.summaryTokens;
    this.keptTurns = builder.keptTurns;
    this.maxMessageBytes = builder.maxMessageBytes;
    this.clock = builder.clock;
    this.executor = builder.executor;
  }

  /**
   * Returns a builder of sessions without limits, expiry or summaries.
   *
   * @param store keeps the sessions; closed with them
   * @return a builder
   */
  public static Builder builder(SessionStore store) {
    return new Builder(store);
  }

  /** Sets how sessions are kept. */
  public static final class Builder {

    private final SessionStore store;
    private SessionLimits limits = SessionLimits.none();
    private @Nullable Duration timeToLive;
    private @Nullable Summarizer summarizer;
    private int summaryTokens = 500;
    private int keptTurns = 1;
    private int maxMessageBytes = 16 << 20;
    private Clock clock = Clock.SYSTEM;
    private Executor executor = Runnable::run;

    private Builder(SessionStore store) {
      this.store = store;
    }

    /**
     * Sets how much of a session is kept.
     *
     * @param newLimits the limits
     * @return this
     */
    public Builder limits(SessionLimits newLimits) {
      limits = newLimits;
      return this;
    }

    /**
     * Lets sessions expire.
     *
     * @param duration how long after its last change a session is deleted; {@code null} for never
     * @return this
     */
    public Builder timeToLive(@Nullable Duration duration) {
      timeToLive = duration;
      return this;
    }

    /**
     * Summarizes the turns that exceed the limits, in place of dropping them.
     *
     * @param newSummarizer makes the summaries; when it fails, sentences are chosen without a model
     * @param tokens about the most tokens of a summary; 1 or more
     * @param turns how many of the newest turns stay word for word in any case; 1 or more
     * @return this
     */
    public Builder summarizer(Summarizer newSummarizer, int tokens, int turns) {
      summarizer = newSummarizer;
      summaryTokens = tokens;
      keptTurns = turns;
      return this;
    }

    /**
     * Sets the longest message; a longer one is rejected.
     *
     * @param bytes bytes of its text and data as UTF-8, about; above zero
     * @return this
     */
    public Builder maxMessageBytes(int bytes) {
      maxMessageBytes = bytes;
      return this;
    }

    /**
     * Sets the clock.
     *
     * @param newClock gives messages their time
     * @return this
     */
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    /**
     * Sets where summaries are made.
     *
     * @param newExecutor runs them; the default is the caller's thread
     * @return this
     */
    public Builder executor(Executor newExecutor) {
      executor = newExecutor;
      return this;
    }

    /**
     * Creates the sessions.
     *
     * @return the sessions
     */
    public Sessions build() {
      return new Sessions(this);
    }
  }

  /**
   * Returns a session, which need not exist yet.
   *
   * @param key identifies it
   * @return the session
   */
  public ChatSession session(SessionKey key) {
    return new ChatSession(this, key);
  }

  /**
   * Returns the store.
   *
   * @return what keeps the sessions
   */
  public SessionStore store() {
    return store;
  }

  Clock clock() {
    return clock;
  }

  SessionOutcome append(SessionKey key, List<SessionMessage> messages) {
    return change(key, SessionChange.builder().append(messages));
  }

  /** Changes a session within the limits. */
  SessionOutcome change(SessionKey key, SessionChange.Builder change) {
    ShadowGuard.refuse("sessions");
    change.timeToLive(timeToLive);
    if (summarizer == null) {
      change.trim(limits);
    }
    SessionChange built = change.build();
    built.appended().forEach(this::requireShort);
    SessionOutcome outcome = store.change(key, built);
    if (summarizer != null && !limits.hold(outcome.messages(), outcome.tokens())) {
      summarizeLater(key, summarizer);
    }
    return outcome;
  }

  private void requireShort(SessionMessage message) {
    long bytes = HeapSize.of(message) / 2;
    if (bytes > maxMessageBytes) {
      throw new IllegalArgumentException(
          "message %s has about %,d bytes, but a message must not be longer than %,d (memory.session.max-message-bytes). Nothing was stored."
              .formatted(message.id(), bytes, maxMessageBytes));
    }
  }

  private void summarizeLater(SessionKey key, Summarizer by) {
    if (!summarizing.add(key)) {
      return; // the summary under way, or the next append, includes the rest
    }
    try {
      executor.execute(() -> {
        try {
          summarize(key, by);
        } catch (RuntimeException failure) {
          GildLog.faultOnce("Summarizing a session", failure);
        } finally {
          summarizing.remove(key);
        }
      });
    } catch (RejectedExecutionException closing) {
      summarizing.remove(key);
    }
  }

  private void summarize(SessionKey key, Summarizer by) {
    for (int i = 0; i < TRIES; i++) {
      SessionSnapshot session = store.read(key);
      List<SessionMessage> excess = SessionTurns.excess(session.messages(), limits, keptTurns);
      if (excess.isEmpty()) {
        return;
      }
      SessionSummary old = session.summary();
      String text = summary(old, excess, by);
      SessionSummary summary =
          new SessionSummary(
              text,
              old == null ? 1 : old.number() + 1,
              excess.size() + (old == null ? 0 : old.messages()),
              TokenEstimate.of(text));
      SessionChange change =
          SessionChange.builder()
              .ifSummary(old == null ? 0 : old.number())
              .remove(excess.stream().map(SessionMessage::id).toList())
              .summary(summary)
              .build();
      if (store.change(key, change).applied()) {
        return;
      }
    }
  }

  private String summary(@Nullable SessionSummary old, List<SessionMessage> excess, Summarizer by) {
    try {
      return by.summarize(old, excess, summaryTokens);
    } catch (Exception failure) {
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      GildLog.faultOnce("Summarizing with a model", failure);
      try {
        return WITHOUT_MODEL.summarize(old, excess, summaryTokens);
      } catch (Exception impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** Closes the store. */
  @Override
  public void close() {
    store.close();
  }
}
