package io.gild.cost;

import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * The caches of answers of a runtime.
 *
 * <pre>{@code
 * Caches.of(GildRuntime.global()).removeIf(each -> each.value().toString().contains("EUR 9.99"));
 * }</pre>
 *
 * <p>Answers that an attached javaagent keeps belong to its own runtime; drop these by their tags,
 * with {@link io.gild.core.Invalidations}. Thread-safe.
 */
@Experimental
public final class Caches {

  /** A cache of one method. */
  interface Member {

    /** Removes the answers that a predicate accepts; returns how many there were. */
    int removeIf(Predicate<? super CachedAnswer> unwanted);
  }

  /** Held weakly, so that a method that is no longer governed takes its answers along. */
  private final List<WeakReference<Member>> members = new CopyOnWriteArrayList<>();

  private Caches() {}

  /**
   * Returns those of a runtime.
   *
   * @param runtime the runtime
   * @return the one object of the runtime
   */
  public static Caches of(RuntimeScope runtime) {
    return runtime.shared(Caches.class, same -> new Caches());
  }

  void add(Member member) {
    members.removeIf(each -> each.get() == null);
    members.add(new WeakReference<>(member));
  }

  /**
   * Removes the answers that a predicate accepts, from the exact caches and from the semantic ones.
   * Answers of calls that have not ended are not seen. What the semantic caches learned about the
   * danger of repeating answers stays.
   *
   * @param unwanted decides about each answer, on the caller's thread; must not call methods whose
   *     answers are cached. What it throws is passed on, and the answers that are left stay
   * @return how many answers were removed; one that both kinds keep counts twice
   */
  public int removeIf(Predicate<? super CachedAnswer> unwanted) {
    int removed = 0;
    for (WeakReference<Member> each : members) {
      Member member = each.get();
      removed += member == null ? 0 : member.removeIf(unwanted);
    }
    return removed;
  }
}
