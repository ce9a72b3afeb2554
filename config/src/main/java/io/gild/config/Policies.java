package io.gild.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All policies of one governed method, at most one of each {@linkplain PolicyType kind}. Immutable.
 */
@Experimental
public final class Policies {

  private static final Policies NONE = new Policies(List.of());

  private final Map<Class<? extends Record>, Record> byType = new LinkedHashMap<>();
  private final int mask;
  private final int maskOfOutermost;
  private final boolean changeAnswers;
  private final boolean countStreams;

  private Policies(List<? extends Record> policies) {
    int bits = 0;
    int outermost = 0;
    boolean change = false;
    boolean count = false;
    for (Record policy : policies) {
      PolicyType<?> type = PolicyTypes.of(policy.getClass());
      byType.put(policy.getClass(), policy);
      bits |= type.bit();
      outermost |= type.isInEveryCall() ? 0 : type.bit();
      change |= !type.leavesAnswers() && !type.watches(policy);
      count |= type.countsStreams();
    }
    this.mask = bits;
    this.maskOfOutermost = outermost;
    this.changeAnswers = change;
    this.countStreams = count;
  }

  /**
   * Returns the policies of a method that has none.
   *
   * @return the empty set
   */
  public static Policies none() {
    return NONE;
  }

  /**
   * Returns a set of policies; of two of the same kind, the later one wins.
   *
   * @param policies the policies
   * @return the set
   * @throws IllegalArgumentException if no module declares the kind of one of them
   */
  public static Policies of(Record... policies) {
    return of(Arrays.asList(policies));
  }

  /**
   * Returns a set of policies; of two of the same kind, the later one wins.
   *
   * @param policies the policies
   * @return the set
   * @throws IllegalArgumentException if no module declares the kind of one of them
   */
  public static Policies of(List<? extends Record> policies) {
    return policies.isEmpty() ? NONE : new Policies(policies);
  }

  /**
   * Returns the policy of a kind.
   *
   * @param type class of the policy
   * @param <R> type of the policy
   * @return the policy, or {@code null} if absent
   */
  public <R extends Record> @Nullable R get(Class<R> type) {
    return type.cast(byType.get(type));
  }

  /**
   * Returns the policies.
   *
   * @return one of each kind that is present, in the order in which they were given
   */
  public List<Record> list() {
    return List.copyOf(byType.values());
  }

  /**
   * Returns whether there is a policy of a kind that another module declares.
   *
   * @param key key of the kind
   * @return {@code true} if there is one
   */
  public boolean has(String key) {
    PolicyType<?> type = PolicyTypes.ofKey(key);
    return type != null && byType.containsKey(type.record());
  }

  /**
   * Returns these policies without some kinds.
   *
   * @param keys keys of kinds; unknown ones are ignored
   * @return the other policies
   */
  public Policies without(Collection<String> keys) {
    return of(
        byType.values().stream()
            .filter(policy -> !keys.contains(PolicyTypes.of(policy.getClass()).key()))
            .toList());
  }

  /**
   * Returns the kinds that are present.
   *
   * @return a set of {@link PolicyType#bit() bits}
   */
  public int mask() {
    return mask;
  }

  /**
   * Returns the kinds that a call inside of another one does not repeat.
   *
   * @return a subset of {@link #mask()}
   */
  public int maskOfOutermost() {
    return maskOfOutermost;
  }

  /**
   * Returns whether any policy may change what a call that runs returns.
   *
   * @return {@code false} if the policies only watch and refuse
   */
  public boolean changeAnswers() {
    return changeAnswers;
  }

  /**
   * Returns whether any policy must see the end of a stream, even if all of them only watch.
   *
   * @return {@code true} if a stream that is passed on as it is would not be counted
   */
  public boolean countStreams() {
    return countStreams;
  }

  /**
   * Returns the part of these policies that applies in observe mode.
   *
   * @return policies that only watch
   */
  public Policies inObserve() {
    return of(
        byType.values().stream()
            .<@Nullable Record>map(policy -> PolicyType.of(policy.getClass()).inObserve(policy))
            .flatMap(Stream::ofNullable)
            .toList());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Policies policies && byType.equals(policies.byType);
  }

  @Override
  public int hashCode() {
    return byType.hashCode();
  }

  @Override
  public String toString() {
    return byType.values().toString();
  }
}
