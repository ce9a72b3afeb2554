package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.core.spi.Clock;
import io.gild.core.spi.Embedder;
import io.gild.memory.spi.MemoryStore;
import io.gild.vectors.VectorSpace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What agents remember beyond a session. Thread-safe.
 *
 * <pre>{@code
 * Memories memories = Memories.builder(store, embedder).build();
 * memories.remember(new MemoryDraft("Ann prefers e-mail.").user("ann"));
 * memories.recall(new RecallQuery("How shall we contact Ann?").user("ann"));
 * }</pre>
 */
@Experimental
public final class Memories implements AutoCloseable {

  private final MemoryStore store;
  private final Embedder embedder;
  private final Clock clock;
  private final UnaryOperator<String> redaction;
  private final Supplier<String> ids;
  private final RecallRanking ranking;
  private final MemorySpans spans;

  private Memories(Builder builder) {
    this.store = builder.store;
    this.embedder = builder.embedder;
    this.clock = builder.clock;
    this.redaction = builder.redaction;
    this.ids = builder.ids;
    this.ranking = builder.ranking;
    this.spans = builder.spans;
  }

  /**
   * Returns a builder.
   *
   * @param store keeps the memories; closed with them
   * @param embedder makes the vectors of the store's space
   * @return a builder that redacts nothing
   */
  public static Builder builder(MemoryStore store, Embedder embedder) {
    return new Builder(store, embedder);
  }

  /** Sets how memories are kept and recalled. */
  public static final class Builder {

    private final MemoryStore store;
    private final Embedder embedder;
    private Clock clock = Clock.SYSTEM;
    private UnaryOperator<String> redaction = UnaryOperator.identity();
    private Supplier<String> ids = () -> UUID.randomUUID().toString();
    private RecallRanking ranking = new RecallRanking(new RecallScorer(RecallWeights.ofDefaults()));
    private MemorySpans spans = MemorySpans.NONE;

    private Builder(MemoryStore store, Embedder embedder) {
      this.store = store;
      this.embedder = embedder;
    }

    /**
     * Sets the clock.
     *
     * @param newClock gives memories their time
     * @return this
     */
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    /**
     * Redacts texts before they are stored.
     *
     * @param newRedaction such as with {@link io.gild.core.PersonalData}
     * @return this
     */
    public Builder redaction(UnaryOperator<String> newRedaction) {
      redaction = newRedaction;
      return this;
    }

    /**
     * Sets where ids come from.
     *
     * @param newIds makes ids that are unique; the default makes random ones
     * @return this
     */
    public Builder ids(Supplier<String> newIds) {
      ids = newIds;
      return this;
    }

    /**
     * Sets how recalled memories are ranked.
     *
     * @param weights the weights
     * @return this
     */
    public Builder weights(RecallWeights weights) {
      ranking = new RecallRanking(new RecallScorer(weights));
      return this;
    }

    /** Sets what traces searches and writes. */
    Builder spans(MemorySpans newSpans) {
      spans = newSpans;
      return this;
    }

    /**
     * Creates the memories.
     *
     * @return the memories
     */
    public Memories build() {
      return new Memories(this);
    }
  }

  /**
   * Returns the store.
   *
   * @return what keeps the memories
   */
  public MemoryStore store() {
    return store;
  }

  Clock clock() {
    return clock;
  }

  /**
   * Remembers something. What is remembered already, with the same owner, kind and words, is not
   * stored again: the known memory counts one more use, and the higher importance stays.
   *
   * @param draft what to remember
   * @return the memory as it is stored; if its words were known, the known one
   * @throws MemoryException if the store fails; nothing was stored
   */
  public Memory remember(MemoryDraft draft) {
    return remember(List.of(draft)).get(0);
  }

  /**
   * Remembers several things, each as the other method does.
   *
   * @param drafts what to remember, all of one tenant if they are to be stored in one step
   * @return the memories as they are stored, in the order of the drafts
   */
  public List<Memory> remember(List<MemoryDraft> drafts) {
    ShadowGuard.refuse("memories");
    String agent = drafts.isEmpty() ? "" : drafts.get(0).owner().agent();
    return spans.write(agent, () -> stored(drafts));
  }

  private List<Memory> stored(List<MemoryDraft> drafts) {
    Map<String, List<MemoryDraft>> byTenant = new LinkedHashMap<>();
    for (MemoryDraft draft : drafts) {
      byTenant.computeIfAbsent(draft.owner().tenant(), none -> new ArrayList<>()).add(draft);
    }
    Map<MemoryDraft, Memory> stored = new IdentityHashMap<>();
    byTenant.forEach((tenant, own) -> {
      List<Memory> written = rememberOf(tenant, own);
      for (int i = 0; i < own.size(); i++) {
        stored.put(own.get(i), written.get(i));
      }
    });
    return drafts.stream().map(stored::get).map(Objects::requireNonNull).toList();
  }

  /** Stores something as a memory of its own, even if the same is known. */
  Memory add(MemoryDraft draft) {
    MemoryRecord fresh = record(draft, clock.now());
    store.change(
        draft.owner().tenant(), List.of(), List.of(), found -> MemoryWrite.of(List.of(fresh)));
    return fresh.memory();
  }

  private List<Memory> rememberOf(String tenant, List<MemoryDraft> drafts) {
    Instant now = clock.now();
    List<MemoryRecord> fresh = drafts.stream().map(draft -> record(draft, now)).toList();
    List<Memory> stored = new ArrayList<>();
    store.change(
        tenant,
        fresh.stream().map(record -> record.memory().id()).toList(),
        fresh.stream().map(MemoryRecord::fingerprint).toList(),
        found -> {
          stored.clear();
          Map<String, MemoryRecord> put = new LinkedHashMap<>();
          Known known = new Known(found);
          for (MemoryRecord each : fresh) {
            MemoryRecord joined = known.join(each, now);
            if (joined != null) {
              put.put(joined.memory().id(), joined);
            }
          }
          fresh.forEach(each -> stored.add(known.stored(each)));
          return MemoryWrite.of(List.copyOf(put.values()));
        });
    return stored;
  }

  /** What is remembered already, of what is to be remembered. */
  private static final class Known {

    private final Map<String, MemoryRecord> byId = new LinkedHashMap<>();
    private final Map<String, String> byFingerprint = new LinkedHashMap<>();

    Known(Collection<MemoryRecord> found) {
      found.forEach(this::put);
    }

    private void put(MemoryRecord record) {
      Memory memory = record.memory();
      byId.put(memory.id(), record);
      if (memory.pruned() == null && memory.validUntil() == null) {
        byFingerprint.putIfAbsent(record.fingerprint(), memory.id());
      }
    }

    /** Returns the record to be written for a new one; {@code null} if there is none. */
    @Nullable MemoryRecord join(MemoryRecord fresh, Instant now) {
      if (byId.containsKey(fresh.memory().id())) {
        return null;
      }
      String same = byFingerprint.get(fresh.fingerprint());
      MemoryRecord known = same == null ? null : byId.get(same);
      MemoryRecord written = known == null ? fresh : joined(known, fresh.memory(), now);
      put(written);
      return written;
    }

    private static MemoryRecord joined(MemoryRecord known, Memory fresh, Instant now) {
      Memory old = known.memory();
      Map<String, Object> metadata = new LinkedHashMap<>(old.metadata());
      metadata.putAll(fresh.metadata());
      return known.with(
          old.toBuilder()
              .importance(Math.max(old.importance(), fresh.importance()))
              .metadata(metadata)
              .used(old.uses() + 1, now)
              .build());
    }

    Memory stored(MemoryRecord fresh) {
      MemoryRecord known = byId.get(fresh.memory().id());
      if (known == null) {
        known = byId.get(byFingerprint.get(fresh.fingerprint()));
      }
      return (known == null ? fresh : known).memory();
    }
  }

  private MemoryRecord record(MemoryDraft draft, Instant now) {
    String id = draft.id();
    String text = redaction.apply(draft.text());
    return record(draft.memory(id == null ? ids.get() : id, text, now));
  }

  MemoryRecord record(Memory memory) {
    memory.metadata().keySet().stream()
        .filter(key -> key.startsWith(MemoryFacts.PREFIX))
        .findFirst()
        .ifPresent(key -> {
          throw new IllegalArgumentException(
              "metadata of " + memory.id() + " must not begin with gild., but one is " + key);
        });
    return new MemoryRecord(memory, vector(memory, embedder, store.space()));
  }

  static float[] vector(Memory memory, Embedder embedder, VectorSpace space) {
    return vector(MemoryFacts.spoken(memory), embedder, space);
  }

  /** Returns the vector of a text; without components if it has no direction. */
  private static float[] vector(String text, Embedder embedder, VectorSpace space) {
    float[] vector = embedder.embed(text);
    for (float each : vector) {
      if (each != 0) {
        return space.unit("a text", vector);
      }
    }
    return new float[0];
  }

  /**
   * Recalls memories that fit a text, the best first.
   *
   * @param query what to recall
   * @return at most as many as the query allows; empty for a blank text
   * @throws MemoryException if the store fails
   */
  public List<Recalled> recall(RecallQuery query) {
    if (query.text().isBlank()) {
      return List.of();
    }
    return spans.search(query, () -> found(query));
  }

  private List<Recalled> found(RecallQuery query) {
    Instant now = clock.now();
    MemorySearch search =
        new MemorySearch(
            query.text(),
            vector(query.text(), embedder, store.space()),
            query.condition(now),
            ranking.candidates(query.limit()));
    List<MemoryCandidate> candidates = store.search(query.tenant(), search);
    List<Recalled> recalled =
        ranking.rank(query.text(), candidates, query.time(now)).stream()
            .filter(each -> each.score().total() >= query.threshold())
            .limit(query.limit())
            .toList();
    if (!query.isPeek() && !recalled.isEmpty() && !ShadowGuard.isShadow()) {
      store.used(query.tenant(), recalled.stream().map(each -> each.memory().id()).toList(), now);
    }
    return recalled;
  }

  /** Returns the part of a score that words and vectors make, as a share of the most; 0 to 1. */
  double relevance(RecallScore score) {
    RecallWeights weights = ranking.scorer().weights();
    double most = weights.text() + weights.similarity();
    return most == 0 ? 0 : Math.min(1, (score.text() + score.similarity()) / most);
  }

  /**
   * Returns a memory, also a superseded or pruned one.
   *
   * @param tenant the tenant
   * @param id the id
   * @return the memory; empty if there is none
   */
  public Optional<Memory> get(String tenant, String id) {
    return store.read(tenant, List.of(id)).stream().map(MemoryRecord::memory).findFirst();
  }

  /**
   * Returns all memories of a tenant, superseded and pruned ones among them.
   *
   * @param tenant the tenant
   * @return the memories, the oldest first
   */
  public List<Memory> all(String tenant) {
    return store.all(tenant).stream().map(MemoryRecord::memory).toList();
  }

  /**
   * Replaces a memory by a newer one. The old one is true until then, and {@link RecallQuery#asOf}
   * still finds it as of that time.
   *
   * @param id id of the old memory
   * @param draft the new one; its tenant is that of the old one
   * @param reason why it is replaced
   * @return the new memory
   * @throws IllegalArgumentException if the tenant has no such memory
   * @throws IllegalStateException if it was superseded already
   */
  public Memory supersede(String id, MemoryDraft draft, String reason) {
    ShadowGuard.refuse("memories");
    MemoryRecord fresh = record(draft, clock.now());
    String tenant = draft.owner().tenant();
    store.change(
        tenant,
        List.of(id),
        List.of(),
        found -> {
          if (found.isEmpty()) {
            throw new IllegalArgumentException(
                "tenant \"%s\" has no memory %s to supersede".formatted(tenant, id));
          }
          return superseding(found.get(0), fresh, reason);
        });
    return fresh.memory();
  }

  static MemoryWrite superseding(MemoryRecord old, MemoryRecord fresh, String reason) {
    Memory memory = old.memory();
    if (!memory.supersededBy().isEmpty()) {
      throw new IllegalStateException(
          "%s was superseded by %s: supersede that one"
              .formatted(memory.id(), memory.supersededBy()));
    }
    return MemoryWrite.of(List.of(old.with(ended(memory, fresh.memory(), reason)), fresh));
  }

  static Memory ended(Memory old, Memory fresh, String reason) {
    Instant end = fresh.validFrom();
    return old.toBuilder()
        .validUntil(end.isBefore(old.validFrom()) ? old.validFrom() : end)
        .superseded(fresh.id(), reason)
        .build();
  }

  /**
   * Forgets a memory, and those that were merged into it. No byte of them stays in the store.
   *
   * @param tenant the tenant
   * @param id the id
   * @return how many memories were removed; zero if there is none
   */
  public int forget(String tenant, String id) {
    ShadowGuard.refuse("memories");
    Set<String> removed = new LinkedHashSet<>();
    store.change(
        tenant,
        List.of(id),
        List.of(),
        found -> {
          removed.clear();
          for (MemoryRecord record : found) {
            removed.add(record.memory().id());
            removed.addAll(record.memory().mergedFrom());
          }
          return MemoryWrite.removing(removed);
        });
    return removed.size();
  }

  /**
   * Forgets what comes from a session.
   *
   * @param tenant the tenant
   * @param session id of the session
   * @return how many memories were removed
   */
  public int forgetSession(String tenant, String session) {
    ShadowGuard.refuse("memories");
    return forgetIf(tenant, memory -> memory.source().session().equals(session));
  }

  /**
   * Forgets what is about a user.
   *
   * @param tenant the tenant
   * @param user the user; not empty
   * @return how many memories were removed
   */
  public int forgetUser(String tenant, String user) {
    ShadowGuard.refuse("memories");
    if (user.isEmpty()) {
      throw new IllegalArgumentException("user must not be empty");
    }
    return forgetIf(tenant, memory -> memory.owner().user().equals(user));
  }

  /**
   * Forgets a tenant.
   *
   * @param tenant the tenant
   * @return how many memories were removed
   */
  public int forgetTenant(String tenant) {
    ShadowGuard.refuse("memories");
    return forgetIf(tenant, memory -> true);
  }

  private int forgetIf(String tenant, Predicate<Memory> condition) {
    List<String> ids = all(tenant).stream().filter(condition).map(Memory::id).toList();
    if (!ids.isEmpty()) {
      store.change(tenant, List.of(), List.of(), found -> MemoryWrite.removing(ids));
    }
    return ids.size();
  }

  /** Closes the store. */
  @Override
  public void close() {
    store.close();
  }
}
