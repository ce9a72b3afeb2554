package io.gild.versions;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.ChosenVersion;
import io.gild.core.GovernedMethod;
import org.jspecify.annotations.Nullable;

/** A question that a thread asks of one side, from before its call until the answer. */
final class Trial {

  private static final ThreadLocal<@Nullable Trial> ASKED = new ThreadLocal<>();

  private final MethodSplit split;
  private final VersionSide side;
  private final ShadowEffects effects;
  private boolean taken;

  Trial(MethodSplit split, VersionSide side) {
    this.split = split;
    this.side = side;
    this.effects = new ShadowEffects(split.present().spec().agent());
  }

  /** Begins on this thread. */
  void begin() {
    ASKED.set(this);
  }

  /** Ends on this thread. */
  static void end() {
    ASKED.remove();
  }

  /** Returns the version that the question of this thread is for; null if a caller calls. */
  static @Nullable ChosenVersion take(GovernedMethod method) {
    Trial asked = ASKED.get();
    if (asked == null || asked.taken || asked.split.present() != method) {
      return null;
    }
    asked.taken = true;
    return asked.split.trial(asked);
  }

  /** Returns whether the call was a governed one, so that the side has answered. */
  boolean isTaken() {
    return taken;
  }

  VersionSide side() {
    return side;
  }

  /** Returns code whose side effects are refused. */
  Body withoutEffects(Body code) {
    return given -> {
      AgentCall current = AgentCall.current();
      if (current != null) {
        current.detail().effects(effects.replaying());
      }
      return code.run(given);
    };
  }

  int refusedEffects() {
    return effects.refused();
  }
}
