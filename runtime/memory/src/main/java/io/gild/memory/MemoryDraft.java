package io.gild.memory;

import io.gild.config.Experimental;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be remembered. Mutable, for one thread.
 *
 * <pre>{@code
 * memories.remember(new MemoryDraft("Ann prefers e-mail.").user("ann").importance(0.8));
 * }</pre>
 */
@Experimental
public final class MemoryDraft {

  /** The kind of a memory that names no other. */
  public static final String FACT = "fact";

  private static final double USUAL_IMPORTANCE = 0.5;

  private final String text;
  private @Nullable String id;
  private String tenant = "";
  private String agent = "";
  private String user = "";
  private String kind = FACT;
  private double importance = USUAL_IMPORTANCE;
  private @Nullable Instant created;
  private @Nullable Instant validFrom;
  private @Nullable Instant validUntil;
  private @Nullable Instant review;
  private MemorySource source = MemorySource.UNKNOWN;
  private final Map<String, Object> metadata = new LinkedHashMap<>();

  /**
   * Begins a memory without an owner.
   *
   * @param text one statement; not blank
   */
  public MemoryDraft(String text) {
    this.text = text;
  }

  /**
   * Sets the id.
   *
   * @param newId unique within the tenant; remembering the same id again changes nothing. The
   *     default is a new one.
   * @return this
   */
  public MemoryDraft id(String newId) {
    id = newId;
    return this;
  }

  /**
   * Sets the owner.
   *
   * @param owner whose memory it is
   * @return this
   */
  public MemoryDraft owner(MemoryOwner owner) {
    return tenant(owner.tenant()).agent(owner.agent()).user(owner.user());
  }

  /**
   * Sets the tenant.
   *
   * @param name empty for none
   * @return this
   */
  public MemoryDraft tenant(String name) {
    tenant = name;
    return this;
  }

  /**
   * Sets the agent.
   *
   * @param name empty for all agents of the tenant
   * @return this
   */
  public MemoryDraft agent(String name) {
    agent = name;
    return this;
  }

  /**
   * Sets the user.
   *
   * @param name empty for none
   * @return this
   */
  public MemoryDraft user(String name) {
    user = name;
    return this;
  }

  /**
   * Sets the kind.
   *
   * @param name such as {@code fact}, the default
   * @return this
   */
  public MemoryDraft kind(String name) {
    kind = name;
    return this;
  }

  /**
   * Sets the importance.
   *
   * @param value 0 to 1; the default is 0.5
   * @return this
   */
  public MemoryDraft importance(double value) {
    importance = value;
    return this;
  }

  /**
   * Sets when it was said, if that is not now.
   *
   * @param time the time
   * @return this
   */
  public MemoryDraft created(Instant time) {
    created = time;
    return this;
  }

  /**
   * Sets when it is true.
   *
   * @param from the beginning; {@code null} for when it was said
   * @param until the end, excluded; {@code null} without an end
   * @return this
   */
  public MemoryDraft valid(@Nullable Instant from, @Nullable Instant until) {
    validFrom = from;
    validUntil = until;
    return this;
  }

  /**
   * Sets the review date.
   *
   * @param date when a person should look at it again
   * @return this
   */
  public MemoryDraft review(Instant date) {
    review = date;
    return this;
  }

  /**
   * Sets where it comes from.
   *
   * @param newSource session, message and call
   * @return this
   */
  public MemoryDraft source(MemorySource newSource) {
    source = newSource;
    return this;
  }

  /**
   * Adds a value for filters.
   *
   * @param key its key
   * @param value a text, finite number or boolean
   * @return this
   */
  public MemoryDraft metadata(String key, Object value) {
    metadata.put(key, value);
    return this;
  }

  MemoryOwner owner() {
    return new MemoryOwner(tenant, agent, user);
  }

  @Nullable String id() {
    return id;
  }

  /** Creates the memory, with a text that may have been redacted. */
  Memory memory(String newId, String redacted, Instant now) {
    Instant said = created == null ? now : created;
    return new Memory(
        newId,
        owner(),
        redacted,
        kind,
        importance,
        said,
        validFrom == null ? said : validFrom,
        validUntil,
        review,
        source,
        metadata,
        "",
        "",
        List.of(),
        0,
        said,
        null);
  }

  String text() {
    return text;
  }
}
