package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.vectors.MetadataFilter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recalled. Mutable, for one thread.
 *
 * <pre>{@code
 * memories.recall(new RecallQuery("How does Ann want to be contacted?").user("ann").limit(5));
 * }</pre>
 */
@Experimental
public final class RecallQuery {

  private final String text;
  private String tenant = "";
  private String agent = "";
  private String user = "";
  private boolean anyUser;
  private boolean anyAgent;
  private @Nullable String session;
  private @Nullable String kind;
  private @Nullable Instant asOf;
  private MetadataFilter filter = MetadataFilter.none();
  private int limit = 10;
  private double threshold;
  private boolean peek;

  /**
   * Asks for memories of the tenant that everyone shares.
   *
   * @param text what the memories should be about
   */
  public RecallQuery(String text) {
    this.text = text;
  }

  /**
   * Sets tenant, agent and user at once.
   *
   * @param owner who asks
   * @return this
   */
  public RecallQuery owner(MemoryOwner owner) {
    return tenant(owner.tenant()).agent(owner.agent()).user(owner.user());
  }

  /**
   * Sets the tenant.
   *
   * @param name empty for none; nothing of other tenants is found
   * @return this
   */
  public RecallQuery tenant(String name) {
    tenant = name;
    return this;
  }

  /** Returns the name of the agent; empty for memories that all agents share. */
  String agentName() {
    return agent;
  }

  /**
   * Sets the agent.
   *
   * @param name the agent, whose memories are found beside those that all agents share
   * @return this
   */
  public RecallQuery agent(String name) {
    agent = name;
    return this;
  }

  /**
   * Sets the user.
   *
   * @param name the user, whose memories are found beside those that are about no one
   * @return this
   */
  public RecallQuery user(String name) {
    user = name;
    return this;
  }

  /**
   * Finds memories of all users and agents of the tenant; for administration.
   *
   * @return this
   */
  public RecallQuery anyone() {
    anyUser = true;
    anyAgent = true;
    return this;
  }

  /**
   * Finds memories of one session alone.
   *
   * @param id id of the session
   * @return this
   */
  public RecallQuery session(String id) {
    session = id;
    return this;
  }

  /**
   * Finds memories of one kind alone.
   *
   * @param name the kind; without one, all but {@link Experiences#KIND}
   * @return this
   */
  public RecallQuery kind(String name) {
    kind = name;
    return this;
  }

  /**
   * Asks what was true at another time than now; superseded memories are found as of their time.
   *
   * @param time the time
   * @return this
   */
  public RecallQuery asOf(Instant time) {
    asOf = time;
    return this;
  }

  /**
   * Adds a condition on the metadata.
   *
   * @param condition the condition
   * @return this
   */
  public RecallQuery filter(MetadataFilter condition) {
    filter = MetadataFilter.all(filter, condition);
    return this;
  }

  /**
   * Sets how many memories are returned.
   *
   * @param most 1 or more; the default is 10
   * @return this
   */
  public RecallQuery limit(int most) {
    Require.atLeast(1, most, "limit");
    limit = most;
    return this;
  }

  /**
   * Leaves out memories of a low score.
   *
   * @param least the lowest {@link RecallScore#total}; 0 or more, and 0 by default
   * @return this
   */
  public RecallQuery threshold(double least) {
    Require.between(0, Double.MAX_VALUE, least, "threshold");
    threshold = least;
    return this;
  }

  /**
   * Does not count as a use of what is found.
   *
   * @return this
   */
  public RecallQuery peek() {
    peek = true;
    return this;
  }

  String text() {
    return text;
  }

  String tenant() {
    return tenant;
  }

  int limit() {
    return limit;
  }

  double threshold() {
    return threshold;
  }

  boolean isPeek() {
    return peek;
  }

  Instant time(Instant now) {
    return asOf == null ? now : asOf;
  }

  MetadataFilter condition(Instant now) {
    return MemoryFacts.condition(
        anyAgent ? null : agent, anyUser ? null : user, session, kind, time(now), filter);
  }
}
