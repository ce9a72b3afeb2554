package io.gild.observability;

import io.gild.config.Settings;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;

/** An application that makes calls and ends, for tests that start it as a process of its own. */
final class CallLogProcess {

  private CallLogProcess() {}

  /** Takes the settings as YAML and the number of calls, and prints a line after its last call. */
  public static void main(String[] arguments) {
    GildRuntime runtime =
        GildRuntime.builder()
            .settings(Settings.builder().yaml("test", arguments[0]).build())
            .discover(CallLogProcess.class.getClassLoader())
            .build();
    GovernedMethod method = runtime.method(TestRuntime.spec(CallKind.AGENT, "support", "answer"));
    System.out.println("started");
    int calls = Integer.parseInt(arguments[1]);
    for (int i = 0; i < calls; i++) {
      method.call(null, question -> "answer", "question");
    }
    System.out.println("done");
    System.exit(0);
  }
}
