package io.gild.console;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Clock;
import java.nio.file.Path;
import java.util.List;

/** Makes calls for the tests of the console. */
final class Calls {

  private Calls() {}

  /** Returns a runtime with a console on any free port. */
  static GildRuntime runtime(Path data, String... settings) {
    return runtime(Clock.SYSTEM, data, settings);
  }

  /** Returns a runtime of a clock, with a console on any free port. */
  static GildRuntime runtime(Clock clock, Path data, String... settings) {
    StringBuilder yaml = new StringBuilder("data: " + data + "\nconsole:\n  port: 0\n");
    for (String line : settings) {
      yaml.append(line).append('\n');
    }
    return GildRuntime.builder()
        .clock(clock)
        .settings(Settings.builder().yaml("test", yaml.toString()).build())
        .module(new ConsoleModule())
        .build();
  }

  static JvmConsole console(GildRuntime runtime) {
    JvmConsole console =
        runtime
            .shared(
                ConsoleOfRuntime.class,
                absent -> {
                  throw new AssertionError("the runtime has no module of the console");
                })
            .console();
    if (console == null) {
      throw new AssertionError("the console did not start");
    }
    return console;
  }

  static GovernedMethod method(GildRuntime runtime, CallKind kind, String agent, String method) {
    return runtime.method(
        new MethodSpec(
            kind,
            agent,
            "1.2",
            "com.acme." + agent,
            method,
            "(Ljava/lang/String;)Ljava/lang/String;",
            List.of(
                new MethodSpec.Parameter("question", "java.lang.String", MethodSpec.Role.SESSION)),
            Effect.NONE,
            PolicyTree.empty()));
  }

  static void call(GovernedMethod method, Runnable inside) {
    AgentCall call = method.begin(null, "conversation 1");
    while (call.proceed()) {
      try {
        inside.run();
        call.returned("answer");
      } catch (RuntimeException failure) {
        call.threw(failure);
      }
    }
    if (call.failure() == null) {
      call.result();
    }
  }

  static void useTokens(String model, long input, long output) {
    AgentCall call = AgentCall.current();
    if (call == null) {
      throw new AssertionError("there is no call");
    }
    call.detail().recordProvider("openai");
    call.recordUsage(model, Usage.of(input, output));
  }
}
