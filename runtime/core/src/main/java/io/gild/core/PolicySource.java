package io.gild.core;

import io.gild.config.Mode;
import io.gild.config.Policies;
import io.gild.config.Settings;

/** Finds the policies of a method in the settings. */
final class PolicySource {

  private PolicySource() {}

  static Policies policies(Settings settings, Mode mode, MethodSpec spec) {
    if (!settings.enabled()) {
      return Policies.none();
    }
    Policies configured =
        spec.kind().isModel()
            ? settings.modelPolicies()
            : settings.policies(
                spec.agent(),
                spec.className(),
                spec.methodName(),
                spec.declared(),
                problem -> GildLog.infoOnce(problem + ". This policy is off, the others apply."));
    boolean acts = mode == Mode.ENFORCE && spec.kind() != CallKind.TOOL;
    return acts ? configured : configured.inObserve();
  }
}
