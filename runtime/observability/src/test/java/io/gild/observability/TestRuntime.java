package io.gild.observability;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.MethodSpec;
import io.gild.testkit.ManualClock;
import java.util.List;

/** A runtime whose telemetry a test gives, and specs of its methods. */
final class TestRuntime {

  private TestRuntime() {}

  static GildRuntime with(Telemetry telemetry) {
    return with(telemetry, ManualClock.create());
  }

  static GildRuntime with(Telemetry telemetry, ManualClock clock) {
    GildRuntime made =
        GildRuntime.builder()
            .clock(clock)
            .settings(Settings.defaults())
            .discover(TestRuntime.class.getClassLoader())
            .build();
    made.shared(Telemetry.class, same -> telemetry);
    return made;
  }

  static MethodSpec spec(CallKind kind, String agent, String method) {
    return new MethodSpec(
        kind,
        agent,
        "1.2",
        "com.acme.Desk",
        method,
        "(Ljava/lang/String;)Ljava/lang/String;",
        List.of(),
        Effect.NONE,
        PolicyTree.empty());
  }
}
