package io.gild.versions;

import io.gild.core.ChosenVersion;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodVariant;
import io.gild.core.ResultShape;
import org.jspecify.annotations.Nullable;

/** Both versions of one method. The method's application owns it. Thread-safe. */
final class MethodSplit {

  /** The side that answers a call of the method, and the calls inside of it. */
  record Decision(MethodSplit of, VersionSide side) {}

  private final VersionSplit split;
  private final GildRuntime runtime;
  private final GovernedMethod present;
  private final @Nullable Implementation code;
  private final MethodSpec spec;
  private final Decision stable = new Decision(this, VersionSide.STABLE);
  private final Decision canary = new Decision(this, VersionSide.CANARY);
  private final TrialTarget target = new TrialTarget();

  /**
   * Makes both versions.
   *
   * @throws VersionException if the new version cannot answer calls of the method
   */
  MethodSplit(VersionSplit split, GildRuntime runtime, GovernedMethod present) {
    this.split = split;
    this.runtime = runtime;
    this.present = present;
    this.code = check();
    MethodSpec declared = code == null ? present.spec() : code.declared(present.spec());
    this.spec = Specs.of(present.spec(), declared, split.version());
  }

  /** Returns the code of the new version; null if it is that of the present one. */
  private @Nullable Implementation check() {
    MethodSpec own = present.spec();
    if (own.version().equals(split.version())) {
      throw wrong("it has the name of the present version; choose another name");
    }
    if (split.variant().prompt() != null && Parameters.promptIndex(own) < 0) {
      throw wrong("it has a prompt, but the method has no parameter of the type String");
    }
    ImplementationSource source = split.implementation();
    if (source == null) {
      return null;
    }
    if (MethodSpec.isSuspending(own.descriptor())) {
      throw wrong(
          "it has other code, but the method is a suspend function of Kotlin; use a prompt, models"
              + " or settings");
    }
    try {
      return new Implementation(source.make(present.application().loader()), own);
    } catch (VersionException failure) {
      throw wrong(String.valueOf(failure.getMessage()), failure);
    }
  }

  private VersionException wrong(String why) {
    return new VersionException(sentence(why));
  }

  private VersionException wrong(String why, Throwable cause) {
    return new VersionException(sentence(why), cause);
  }

  private String sentence(String why) {
    return "Rollout \"%s\": version %s cannot answer calls of %s#%s: %s."
        .formatted(
            split.id(),
            split.version(),
            present.spec().className(),
            present.spec().methodName(),
            why);
  }

  VersionSplit split() {
    return split;
  }

  GovernedMethod present() {
    return present;
  }

  /** Returns a decision for the present version. */
  Decision stable() {
    return stable;
  }

  /** Returns the new version, for a caller. */
  ChosenVersion canary() {
    return version(method(split.canary(), false), true);
  }

  /** Returns the new version of a method whose call is inside of its own new code. */
  ChosenVersion canaryWithoutCode(boolean shadow) {
    return version(method(shadow ? split.shadowVariant() : split.canary(), shadow), false);
  }

  /** Returns the new version, for a comparison. */
  ChosenVersion shadow() {
    return version(method(split.shadowVariant(), true), true);
  }

  /** Returns the side that is asked without a caller. */
  ChosenVersion trial(Trial asked) {
    if (asked.side() == VersionSide.STABLE) {
      GovernedMethod method = presentTrial(split.trials().stable());
      return new ChosenVersion(method, stable, asked::withoutEffects, null);
    }
    return new ChosenVersion(
        method(split.shadowVariant(), true),
        canary,
        own -> asked.withoutEffects(code == null ? own : code),
        null);
  }

  /** Returns the present version, for calls inside of one that is asked without a caller. */
  ChosenVersion stableTrial(MethodVariant variant) {
    return ChosenVersion.of(presentTrial(variant), stable);
  }

  private GovernedMethod presentTrial(MethodVariant variant) {
    GovernedMethod method =
        runtime.variant(
            present, variant, present.spec(), new VariantParts(null, ModelMap.NONE, true));
    split.running(method.counts());
    return method;
  }

  private ChosenVersion version(GovernedMethod method, boolean withCode) {
    Implementation own = withCode ? code : null;
    return new ChosenVersion(method, canary, own == null ? null : present -> own, null);
  }

  private GovernedMethod method(MethodVariant variant, boolean shadow) {
    GovernedMethod method =
        runtime.variant(
            present,
            variant,
            spec,
            new VariantParts(split.variant().prompt(), split.variant().models(), shadow));
    split.running(method.counts());
    return method;
  }

  /** Returns whether a method is the code of the new version. */
  boolean isCode(MethodSpec spec) {
    return code != null && code.is(spec);
  }

  boolean hasCode() {
    return code != null;
  }

  /** Remembers the object of a caller's call; returns whether it is another one than before. */
  boolean calledOn(@Nullable Object self) {
    boolean other = target.calledOn(self);
    String reason = other ? wrongWithTrials(self) : null;
    if (reason != null) {
      target.problem(reason);
    }
    return other;
  }

  private @Nullable String wrongWithTrials(@Nullable Object self) {
    String reason = withoutShadow(self);
    return reason == null && self != null && present.isSynchronized(self)
        ? name() + " is synchronized, so callers would wait for questions without a caller."
        : reason;
  }

  /** Returns the method with the object of the last call; null if it cannot be asked. */
  @Nullable TrialMethod trial() {
    return target.method(this);
  }

  @Nullable String trialProblem() {
    return target.problem();
  }

  /** Keeps the versions until the question is over; throws if the rollout is. */
  void beginTrial() {
    split.beginTrial();
    if (!runtime.choosesVersions()) {
      split.endTrial();
      throw over();
    }
  }

  private VersionException over() {
    return new VersionException(
        "The runtime of rollout \"" + split.id() + "\" is closed, so its versions are not asked.");
  }

  /** Asks no more: a call by reflection does not pass the pipeline. */
  VersionException withoutTrials() {
    if (!runtime.choosesVersions()) {
      return over();
    }
    String sentence =
        name()
            + " cannot be asked without a caller, because its object is not the governed one: its"
            + " calls are governed by the code that calls it.";
    target.problem(sentence);
    return new VersionException(sentence);
  }

  private String name() {
    return present.spec().className() + "#" + present.spec().methodName();
  }

  /** Returns why the method has no shadows; null if it can have them. */
  @Nullable String withoutShadow(@Nullable Object self) {
    MethodSpec spec = present.spec();
    ResultShape shape = ResultShape.of(spec.descriptor());
    String name = name();
    if (spec.effect() != Effect.NONE) {
      return name + " is a side effect itself.";
    }
    if (shape == ResultShape.STREAM || MethodSpec.isSuspending(spec.descriptor())) {
      return name + " returns a stream or is a suspend function, whose answer is not complete.";
    }
    if (code == null && self != null && present.isSynchronized(self)) {
      return name + " is synchronized, so callers would wait for shadows.";
    }
    return null;
  }
}
