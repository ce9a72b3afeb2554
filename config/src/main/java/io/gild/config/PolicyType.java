package io.gild.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A kind of policy: the record that holds one, its key in configuration files, and what the
 * pipeline must know about it. Declared by the module that enforces the policy.
 *
 * <pre>{@code
 * PolicyType.of("retry", RetryPolicy.class).annotation("io.gild.annotations.Retry")
 * }</pre>
 *
 * <p>The record's components are the keys below {@link #key()}; their defaults are in the shipped
 * files, or come with {@link #defaults}. Immutable.
 *
 * @param <R> the record
 */
@Experimental
public final class PolicyType<R extends Record> {

  /** What a valid policy must satisfy beyond its record's own checks. */
  private record Requirement<R>(String key, Predicate<R> holds, String message) {}

  /** Whether a policy only watches, and what is left of one in observe mode. */
  private record Observing<R>(Predicate<R> watches, Function<R, @Nullable R> rest) {}

  private final String key;
  private final Class<R> record;
  private String annotation = "";
  private PolicyTree defaults = PolicyTree.empty();
  private boolean onByDefault;
  private boolean inEveryCall;
  private boolean leavesAnswers;
  private boolean countsStreams;
  private @Nullable Observing<R> observing;
  private @Nullable Requirement<R> requirement;
  private List<Reference> references = List.of();
  private List<String> sections = List.of();

  /**
   * A key that names entries of a section.
   *
   * @param key key of the policy, whose value is a name or a list of names
   * @param section key of the section that has the names
   * @param noun what a name means
   */
  record Reference(String key, String section, String noun) {}

  private PolicyType(String key, Class<R> record) {
    this.key = key;
    this.record = record;
  }

  private PolicyType(PolicyType<R> other) {
    this(other.key, other.record);
    this.annotation = other.annotation;
    this.defaults = other.defaults;
    this.onByDefault = other.onByDefault;
    this.inEveryCall = other.inEveryCall;
    this.leavesAnswers = other.leavesAnswers;
    this.countsStreams = other.countsStreams;
    this.observing = other.observing;
    this.requirement = other.requirement;
    this.references = other.references;
    this.sections = other.sections;
  }

  /**
   * Describes a kind of policy that acts in enforce mode alone, and once in nested calls.
   *
   * @param key kebab-case key in configuration files
   * @param record class of the policies
   * @param <R> type of the policies
   * @return the kind
   */
  public static <R extends Record> PolicyType<R> of(String key, Class<R> record) {
    return new PolicyType<>(key, record);
  }

  /**
   * Names the annotation that declares such a policy on a method.
   *
   * @param className binary name of the annotation, whose attributes are the record's components
   * @return a kind with it
   */
  public PolicyType<R> annotation(String className) {
    PolicyType<R> with = new PolicyType<>(this);
    with.annotation = className;
    return with;
  }

  /**
   * Sets the values of keys that are left out and that the shipped files do not have.
   *
   * @param values values by kebab-case keys
   * @return a kind with them
   */
  public PolicyType<R> defaults(PolicyTree values) {
    PolicyType<R> with = new PolicyType<>(this);
    with.defaults = values;
    return with;
  }

  /**
   * Gives methods such a policy unless it is switched off.
   *
   * @return a kind that is on by default
   */
  public PolicyType<R> onByDefault() {
    PolicyType<R> with = new PolicyType<>(this);
    with.onByDefault = true;
    return with;
  }

  /**
   * Lets a call have such a policy although a call around it has one, too.
   *
   * @return a kind that every call keeps
   */
  public PolicyType<R> inEveryCall() {
    PolicyType<R> with = new PolicyType<>(this);
    with.inEveryCall = true;
    return with;
  }

  /**
   * Declares that such a policy never changes what a call that runs returns.
   *
   * @param watching returns whether a policy never refuses a call either
   * @param observing makes the policy that applies in observe mode, of which {@code watching} is
   *     true
   * @return a kind that observe mode keeps
   */
  public PolicyType<R> leavingAnswers(Predicate<R> watching, Function<R, @Nullable R> observing) {
    PolicyType<R> with = new PolicyType<>(this);
    with.leavesAnswers = true;
    with.observing = new Observing<>(watching, observing);
    return with;
  }

  /**
   * Declares that some of such policies only watch: a call behaves as without them.
   *
   * @param watching returns whether a policy only watches
   * @param observing makes the policy that applies in observe mode, of which {@code watching} is
   *     true; {@code null} if nothing is left of one
   * @return a kind of which observe mode keeps what watches
   */
  public PolicyType<R> watching(Predicate<R> watching, Function<R, @Nullable R> observing) {
    PolicyType<R> with = new PolicyType<>(this);
    with.observing = new Observing<>(watching, observing);
    return with;
  }

  /**
   * Lets such a policy see the end of every stream, also where it only watches.
   *
   * @return a kind under which a method that returns a stream returns Gild's
   */
  public PolicyType<R> countingStreams() {
    PolicyType<R> with = new PolicyType<>(this);
    with.countsStreams = true;
    return with;
  }

  /**
   * Sets what a policy must satisfy beyond its record's checks.
   *
   * @param requiredKey the key that messages are about
   * @param holds returns whether a policy is valid
   * @param message what is wrong otherwise, beginning with the key
   * @return a kind with the requirement
   */
  public PolicyType<R> requiring(String requiredKey, Predicate<R> holds, String message) {
    PolicyType<R> with = new PolicyType<>(this);
    with.requirement = new Requirement<>(requiredKey, holds, message);
    return with;
  }

  /**
   * Declares that a key of the policy names entries of a section, which must exist.
   *
   * @param namingKey key of the policy, whose value is a name or a list of names
   * @param section key of the section that has the names
   * @param noun what a name means, such as {@code tier}
   * @return a kind whose names are checked
   */
  public PolicyType<R> naming(String namingKey, String section, String noun) {
    PolicyType<R> with = new PolicyType<>(this);
    List<Reference> all = new ArrayList<>(references);
    all.add(new Reference(namingKey, section, noun));
    with.references = List.copyOf(all);
    return with;
  }

  /**
   * Declares that what enforces such policies reads a section, so that a change of the section
   * applies to running methods.
   *
   * @param section key of the section
   * @return a kind that depends on it
   */
  public PolicyType<R> reading(String section) {
    PolicyType<R> with = new PolicyType<>(this);
    List<String> all = new ArrayList<>(sections);
    all.add(section);
    with.sections = List.copyOf(all);
    return with;
  }

  /**
   * Returns the name in configuration files.
   *
   * @return the kebab-case key, such as {@code circuit-breaker}
   */
  public String key() {
    return key;
  }

  /**
   * Returns the class of the policies.
   *
   * @return a record class
   */
  public Class<R> record() {
    return record;
  }

  /**
   * Returns the annotation that declares such a policy.
   *
   * @return its binary name; empty if there is none
   */
  public String annotation() {
    return annotation;
  }

  /**
   * Returns whether methods have such a policy unless it is switched off.
   *
   * @return {@code true} if it is on by default
   */
  public boolean isOnByDefault() {
    return onByDefault;
  }

  /**
   * Returns whether a policy changes neither the outcome of a call nor what its caller gets.
   *
   * @param policy a policy of this kind
   * @return {@code true} if it only watches
   */
  public boolean watches(Record policy) {
    return observing != null && observing.watches.test(record.cast(policy));
  }

  /**
   * Returns whether such a policy never changes what a call that runs returns.
   *
   * @return {@code true} if it can do no more than refuse calls
   */
  public boolean leavesAnswers() {
    return leavesAnswers;
  }

  /**
   * Returns this kind's bit in a {@linkplain Policies#mask() set of kinds}.
   *
   * @return one bit
   * @throws IllegalArgumentException if no module declares the kind
   */
  public int bit() {
    return PolicyTypes.bit(PolicyTypes.of(record));
  }

  List<Reference> references() {
    return references;
  }

  /** Returns the sections on which such policies depend beside those that they name. */
  List<String> sections() {
    return sections;
  }

  boolean countsStreams() {
    return countsStreams;
  }

  boolean isInEveryCall() {
    return inEveryCall;
  }

  /** Returns the values of keys that are left out: the shipped values over the module's. */
  PolicyTree defaults() {
    return defaults.overlay(Shipped.policyDefaults().child(key));
  }

  @Nullable Record inObserve(Record policy) {
    return observing == null ? null : observing.rest.apply(record.cast(policy));
  }

  /** Reports what a policy misses; returns whether it is complete. */
  boolean check(Record policy, PolicyTree tree, String path, Problems problems) {
    if (requirement == null || requirement.holds.test(record.cast(policy))) {
      return true;
    }
    PolicyTree.Located given = tree.entry(requirement.key);
    problems.add(given == null ? Origin.of("policies") : given.origin(), path, requirement.message);
    return false;
  }

  /**
   * Returns the kind of a policy.
   *
   * @param record class of the policy
   * @return its kind
   * @throws IllegalArgumentException if no module declares it
   */
  public static PolicyType<?> of(Class<? extends Record> record) {
    return PolicyTypes.of(record);
  }

  /**
   * Finds the kind of a key.
   *
   * @param key a kebab-case key
   * @return the kind; empty if no module that is present declares it
   */
  public static Optional<PolicyType<?>> ofKey(String key) {
    return Optional.ofNullable(PolicyTypes.ofKey(key));
  }

  /**
   * Finds the kind that an annotation declares.
   *
   * @param className binary name of the annotation
   * @return the kind; empty if the annotation declares no policy of a module that is present
   */
  public static Optional<PolicyType<?>> declaredBy(String className) {
    return PolicyTypes.all().stream()
        .<PolicyType<?>>map(type -> type)
        .filter(type -> type.annotation().equals(className))
        .findFirst();
  }

  @Override
  public String toString() {
    return key;
  }
}
