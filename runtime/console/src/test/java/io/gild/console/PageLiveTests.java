package io.gild.console;

import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The page shows what the console of a running JVM has. */
class PageLiveTests {

  private static final long PAUSE_NANOS = 5_000_000;

  private volatile boolean ended;

  @TestFactory
  Stream<DynamicTest> passesEachCaseInABrowser(@TempDir Path data) throws Exception {
    try (GildRuntime runtime = Calls.runtime(data, "  actions: true")) {
      Thread agent = new Thread(() -> work(runtime), "agent");
      agent.start();
      try {
        return PageCases.of("live.mjs", Calls.console(runtime).url());
      } finally {
        ended = true;
        agent.join();
      }
    }
  }

  private void work(GildRuntime runtime) {
    GovernedMethod support = Calls.method(runtime, CallKind.AGENT, "support", "answer");
    GovernedMethod model = Calls.method(runtime, CallKind.CHAT, "model", "chat");
    GovernedMethod tool = Calls.method(runtime, CallKind.TOOL, "support", "lookUp");
    for (int i = 0; !ended; i++) {
      boolean fails = i % 10 == 3;
      Calls.call(
          support,
          () -> {
            Calls.call(tool, () -> LockSupport.parkNanos(PAUSE_NANOS));
            Calls.call(model, () -> Calls.useTokens("gpt-4o-mini", 1_000, 100));
            if (fails) {
              throw new IllegalStateException("<b>no</b>");
            }
          });
    }
  }
}
