package io.gild.versions;

import io.gild.core.AgentCall;
import io.gild.core.ChosenVersion;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodVariant;
import io.gild.core.spi.VersionChoice;
import org.jspecify.annotations.Nullable;

/** Chooses the versions of calls by the splits of a runtime. Thread-safe. */
final class SplitChoice implements VersionChoice {

  /** The new version that a call is inside of. */
  private record Inside(VersionSplit split, MethodVariant variant) {}

  private final GildRuntime runtime;
  private final Splits splits;
  private final Runnable endings;

  /**
   * @param endings forgets splits that are over and whose calls have ended
   */
  SplitChoice(GildRuntime runtime, Splits splits, Runnable endings) {
    this.endings = endings;
    this.runtime = runtime;
    this.splits = splits;
  }

  @Override
  public boolean concerns(GovernedMethod method) {
    return inside(AgentCall.current()) != null
        || MethodSplits.find(splits, runtime, method) != null;
  }

  @Override
  public boolean isInside(GovernedMethod method) {
    AgentCall outer = AgentCall.current();
    return outer != null
        && outer.decision() instanceof MethodSplit.Decision made
        && made.side() == VersionSide.CANARY
        && made.of().isCode(method.spec());
  }

  @Override
  public @Nullable ChosenVersion choose(
      GovernedMethod method, @Nullable Object self, @Nullable Object[] arguments) {
    AgentCall outer = AgentCall.current();
    if (outer == null && !splits.ending().isEmpty()) {
      endings.run();
    }
    ChosenVersion trial = outer == null ? Trial.take(method) : null;
    if (trial != null) {
      return trial;
    }
    Inside inside = inside(outer);
    MethodSplit own = MethodSplits.find(splits, runtime, method);
    if (inside != null) {
      return inside(inside, outer, method, own, arguments);
    }
    if (own == null) {
      return null;
    }
    VersionTrials trials = own.split().knownTrials();
    if (trials != null && (outer == null || outer.decision() == null)) {
      trials.called(own, self);
    }
    VersionSide side = side(own, outer, arguments);
    own.split().count(side);
    return side == VersionSide.CANARY ? own.canary() : stable(own, outer, self, arguments);
  }

  private @Nullable Inside inside(@Nullable AgentCall outer) {
    MethodVariant variant = outer == null ? null : outer.method().variant();
    VersionSplit split = variant == null ? null : splits.of(variant);
    return variant == null || split == null ? null : new Inside(split, variant);
  }

  /** Chooses the version of a call inside of a new version. */
  private ChosenVersion inside(
      Inside inside,
      @Nullable AgentCall outer,
      GovernedMethod method,
      @Nullable MethodSplit own,
      @Nullable Object[] arguments) {
    boolean shadow = inside.variant().isShadow();
    if (inside.split().isStableTrial(inside.variant())) {
      return insideTrial(inside, method, own);
    }
    if (own != null && own.split() == inside.split()) {
      if (own.hasCode() && isInside(own, outer)) {
        return own.canaryWithoutCode(shadow);
      }
      return shadow ? own.shadow() : own.canary();
    }
    if (own != null && !shadow) {
      VersionSide side = side(own, outer, arguments);
      own.split().count(side);
      return side == VersionSide.CANARY
          ? own.canary()
          : ChosenVersion.of(inherited(inside, method), own.stable());
    }
    return ChosenVersion.of(inherited(inside, method), null);
  }

  /** Chooses the present version for a call inside of one that is asked without a caller. */
  private ChosenVersion insideTrial(
      Inside inside, GovernedMethod method, @Nullable MethodSplit own) {
    if (own != null && own.split() == inside.split()) {
      return own.stableTrial(inside.variant());
    }
    return ChosenVersion.of(
        runtime.variant(
            method, inside.variant(), method.spec(), new VariantParts(null, ModelMap.NONE, true)),
        null);
  }

  private static boolean isInside(MethodSplit own, @Nullable AgentCall outer) {
    for (AgentCall call = outer; call != null; call = call.parent()) {
      if (call.decision() instanceof MethodSplit.Decision made
          && made.of() == own
          && made.side() == VersionSide.CANARY) {
        return true;
      }
    }
    return false;
  }

  /** Returns a method as a new version uses it, with state of its own. */
  private GovernedMethod inherited(Inside inside, GovernedMethod method) {
    VersionSplit split = inside.split();
    MethodSpec spec = method.spec();
    boolean sameAgent = split.isOf(spec.agent());
    return runtime.variant(
        method,
        inside.variant(),
        sameAgent ? Specs.of(spec, spec, split.version()) : spec,
        new VariantParts(null, split.variant().models(), inside.variant().isShadow()));
  }

  private VersionSide side(
      MethodSplit own, @Nullable AgentCall outer, @Nullable Object[] arguments) {
    VersionSplit split = own.split();
    for (AgentCall call = outer; call != null; call = call.parent()) {
      if (call.decision() instanceof MethodSplit.Decision made && made.of().split() == split) {
        return made.side();
      }
    }
    VersionSide asked = VersionOverride.current();
    if (asked != null) {
      return asked;
    }
    int share = split.share();
    if (share == 0 || share == Buckets.COUNT) {
      return share == 0 ? VersionSide.STABLE : VersionSide.CANARY;
    }
    String key = split.key().of(own.present().spec(), arguments, outer);
    if (key == null) {
      split.logWithoutKey(own.present().spec());
    }
    int bucket =
        key == null ? runtime.random().nextInt(Buckets.COUNT) : Buckets.of(split.id(), key);
    return bucket < share ? VersionSide.CANARY : VersionSide.STABLE;
  }

  private ChosenVersion stable(
      MethodSplit own,
      @Nullable AgentCall outer,
      @Nullable Object self,
      @Nullable Object[] arguments) {
    VersionSplit split = own.split();
    int shadows = split.shadow();
    boolean nested = outer != null && outer.decision() != null;
    if (shadows == 0
        || nested
        || (shadows < Buckets.COUNT && runtime.random().nextInt(Buckets.COUNT) >= shadows)) {
      return ChosenVersion.of(own.present(), own.stable());
    }
    String reason = own.withoutShadow(self);
    if (reason == null) {
      reason = ShadowCall.wrongWith(own.present().spec(), arguments);
    }
    if (reason != null) {
      split.skipShadow(reason);
      return ChosenVersion.of(own.present(), own.stable());
    }
    return new ShadowCall(own, self, arguments).stable();
  }
}
