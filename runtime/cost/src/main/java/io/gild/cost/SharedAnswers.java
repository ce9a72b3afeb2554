package io.gild.cost;

import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.core.ResultShape;
import io.gild.core.spi.StageContext;
import io.gild.cost.AnswerSharing.Space;
import io.gild.cost.spi.AnswerStore;
import io.gild.cost.spi.StoredAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The second level of one method's exact cache: answers in a store of several JVMs. No failure of
 * it reaches a call. Thread-safe.
 *
 * <p>The name of an answer in the store has two parts. The <em>partition</em> is the digest of the
 * application, the method, its version and class file, and its policy. The <em>key</em> is the
 * digest of the partition, the generations, the tenant and the arguments, so that a new generation
 * hides all earlier answers.
 */
final class SharedAnswers {

  /** Changes when the form of names or answers does. */
  private static final String FORM = "gild answers 1";

  private static final long NANOS_PER_MILLI = 1_000_000L;

  /**
   * Where an answer is, or would be.
   *
   * @param question what is stored there, in canonical form
   */
  record Place(byte[] question, String partition, String key) {}

  /**
   * An answer of another JVM, or of an earlier one.
   *
   * @param ttlNanos how long it stays valid
   */
  record Found(Object value, @Nullable PaidAnswer price, long ttlNanos) {}

  private final AnswerSharing sharing;
  private final AnswerStore store;
  private final CacheKeys keys;
  private final CachePolicy policy;
  private final MethodSpec spec;
  private final ClassDigests classes;
  private final String scope;
  private final @Nullable Class<?> returned;
  private final Executor writer;
  private final LongAdder hits = new LongAdder();

  private SharedAnswers(
      CachePolicy policy, CacheKeys keys, StageContext context, AnswerStore store) {
    this.sharing = AnswerSharing.of(context.runtime());
    this.store = store;
    this.keys = keys;
    this.policy = policy;
    this.spec = context.spec();
    this.classes = new ClassDigests(spec.className());
    this.scope = "method " + spec.id() + " " + spec.className() + " " + spec.descriptor();
    this.returned = ReturnedType.of(spec.descriptor());
    // Threads that complete a future or a stream must not wait for a server.
    this.writer =
        ResultShape.of(spec.descriptor()) == ResultShape.VALUE
            ? Runnable::run
            : context.runtime().attemptExecutor();
  }

  /** Returns null if the answers of the method are not shared. */
  static @Nullable SharedAnswers of(CachePolicy policy, CacheKeys keys, StageContext context) {
    AnswerStore store = AnswerSharing.of(context.runtime()).store();
    if (store == null) {
      return null;
    }
    if (!keys.areShareable(context.spec())) {
      GildLog.infoOnce(
          "The answers of %s are cached in this JVM alone: %s."
              .formatted(
                  context.spec().id(),
                  context.spec().kind().isModel()
                      ? "they are those of one model object"
                      : "their type may be one of the application"));
      return null;
    }
    return new SharedAnswers(policy, keys, context, store);
  }

  /**
   * Returns what answers must have been stamped with to be valid.
   *
   * @param tags those that the answer to the call has
   * @return {@code null} if that is unknown: then answers are not shared
   */
  @Nullable String stamp(Set<String> tags) {
    return stamp(sharing.spaces().get(0), tags);
  }

  private @Nullable String stamp(Space space, Set<String> tags) {
    List<String> scopes = new ArrayList<>(tags.size() + 2);
    scopes.add(Generations.ALL);
    scopes.add(scope);
    tags.stream().sorted().map(AnswerSharing::tag).forEach(scopes::add);
    try {
      return space.generations().of(scopes);
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Reading the generations of cached answers", fault);
      return null;
    }
  }

  /**
   * Returns where the answer to a call is stored.
   *
   * @param stamp as {@link #stamp} returned it
   * @return {@code null} if it is not shared
   */
  @Nullable Place place(AgentCall call, @Nullable String stamp) {
    if (stamp == null) {
      return null;
    }
    try {
      CanonicalForm form = new CanonicalForm();
      keys.write(call, form);
      return place(sharing.spaces().get(0), call, stamp, form.toBytes());
    } catch (NotShareable unknown) {
      GildLog.infoOnce(
          "Some answers of %s are cached in this JVM alone: a part of the key is %s."
              .formatted(spec.id(), unknown.getMessage()));
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Making the key of a cached answer", fault);
    }
    return null;
  }

  private Place place(Space space, AgentCall call, String stamp, byte[] question) {
    CanonicalForm partition = new CanonicalForm();
    partition.name(FORM).name("partition").name(sharing.settings().application());
    partition.name(spec.agent()).name(spec.version()).name(spec.className());
    partition.name(spec.methodName()).name(spec.descriptor()).name(classes.of(call.self()));
    keys.writeRule(partition);
    partition.add(policy.ttl()).add(policy.refusalTtl()).add(policy.tags());
    String name = space.key().id() + "." + space.key().digest(partition.toBytes());
    CanonicalForm key = new CanonicalForm().name(FORM).name("answer").name(name).name(stamp);
    key.add(question);
    return new Place(question, name, space.key().digest(key.toBytes()));
  }

  /** Returns the answer to a call; {@code null} if there is none. */
  @Nullable Found find(AgentCall call, Place place, Set<String> tags) {
    try {
      for (Space space : sharing.spaces()) {
        boolean first = space == sharing.spaces().get(0);
        String stamp = first ? "" : stamp(space, tags);
        if (stamp != null) {
          Found found = read(space, first ? place : place(space, call, stamp, place.question()));
          if (found != null) {
            hits.increment();
            return found;
          }
        }
      }
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Reading a shared answer", fault);
    }
    return null;
  }

  private @Nullable Found read(Space space, Place place) {
    StoredAnswer stored = store.get(place.partition(), place.key());
    if (stored == null) {
      return null;
    }
    try {
      AnswerReader.Read read = AnswerReader.read(space.key().open(stored.content(), name(place)));
      if (returned != null && !returned.isInstance(read.value())) {
        throw new NotShareable("it is of " + read.value().getClass().getName());
      }
      long remaining = Math.min(policy.ttl().toNanos(), stored.remaining().toNanos());
      return new Found(read.value(), read.price(), remaining);
    } catch (RuntimeException invalid) {
      String reason =
          invalid instanceof NotShareable ? invalid.getMessage() : "it is not that of an answer";
      GildLog.infoOnce(
          "A stored answer of %s is not used: %s. Only Gild should write to the store of cached-answers."
              .formatted(spec.id(), reason));
      return null;
    }
  }

  private static byte[] name(Place place) {
    return new CanonicalForm().name(FORM).name(place.partition()).name(place.key()).toBytes();
  }

  /** Stores an answer. */
  void keep(Place place, Object value, @Nullable PaidAnswer price, long ttlNanos) {
    if (ttlNanos < NANOS_PER_MILLI) {
      return;
    }
    try {
      byte[] answer = AnswerWriter.write(value, price, sharing.settings().maxAnswerBytes());
      byte[] sealed = sharing.spaces().get(0).key().seal(answer, name(place));
      writer.execute(() -> put(place, sealed, Duration.ofNanos(ttlNanos)));
    } catch (NotShareable unknown) {
      GildLog.infoOnce(
          "Some answers of %s are cached in this JVM alone: one has %s."
              .formatted(spec.id(), unknown.getMessage()));
    } catch (RejectedExecutionException closed) {
      // The runtime has ended.
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Storing a shared answer", fault);
    }
  }

  private void put(Place place, byte[] sealed, Duration ttl) {
    try {
      store.put(place.partition(), place.key(), sealed, ttl);
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Storing a shared answer", fault);
    }
  }

  /** Drops all answers of the method in all JVMs; returns whether the store could be reached. */
  boolean clear() {
    return sharing.renew(List.of(scope));
  }

  /** Returns how many answers were found. */
  long hits() {
    return hits.sum();
  }
}
