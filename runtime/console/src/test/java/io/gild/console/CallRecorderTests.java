package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.gild.config.Settings;
import io.gild.core.CallContext;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.testkit.ManualClock;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallRecorderTests {

  private static final int WARM_UP = 20_000;
  private static final int MEASURED = 10_000;

  @TempDir Path data;

  private static void repeat(GovernedMethod method, int times) {
    for (int i = 0; i < times; i++) {
      Calls.call(method, () -> {});
    }
  }

  private static long bytesPerCall(GildRuntime runtime) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assumeTrue(threads.isThreadAllocatedMemoryEnabled(), "this JVM counts no allocated bytes");
    GovernedMethod method = Calls.method(runtime, CallKind.AGENT, "support", "answer");
    repeat(method, WARM_UP);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      repeat(method, MEASURED);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least / MEASURED;
  }

  @Test
  void allocatesNothingForACallThatNoOneWatches() {
    GildRuntime without =
        GildRuntime.builder().settings(Settings.defaults()).module(new ConsoleModule()).build();
    GildRuntime with = Calls.runtime(data);
    try {
      assertThat(bytesPerCall(with)).isEqualTo(bytesPerCall(without));
      assertThat(MergedSource.decimal(rows(with, "").size()).intValue()).isPositive();
    } finally {
      without.close();
      with.close();
    }
  }

  private static List<CallRow> rows(GildRuntime runtime, String method) {
    CallRecorder recorder = Calls.console(runtime).recorder();
    List<CallRow> rows = new ArrayList<>();
    new Recording(recorder, new RunningCalls(runtime))
        .newestFirst(row -> {
          if (method.isEmpty() || row.method.equals(method)) {
            rows.add(row.copy());
          }
          return true;
        });
    return rows;
  }

  @Test
  void keepsFailuresWithTheirCallsInsideThroughAFloodOfGoodCalls() {
    // A clock that stands: a pause of the machine would make good calls slow, which are kept too.
    GildRuntime runtime = Calls.runtime(ManualClock.create(), data, "  records: 64");
    try {
      GovernedMethod bad = Calls.method(runtime, CallKind.AGENT, "support", "bad");
      GovernedMethod tool = Calls.method(runtime, CallKind.TOOL, "support", "lookUp");
      Calls.call(
          bad,
          () -> {
            Calls.call(tool, () -> {});
            throw new IllegalStateException("no");
          });
      repeat(Calls.method(runtime, CallKind.AGENT, "support", "good"), 50);
      assertThat(rows(runtime, "bad")).hasSize(1); // in both recordings, but shown once
      repeat(Calls.method(runtime, CallKind.AGENT, "support", "good"), 5_000);
      List<CallRow> failed = rows(runtime, "bad");
      assertThat(failed).hasSize(1);
      assertThat(failed.get(0).error).isEqualTo("java.lang.IllegalStateException");
      assertThat(rows(runtime, "lookUp"))
          .singleElement()
          .satisfies(row -> assertThat(row.parent).isEqualTo(failed.get(0).number));
    } finally {
      runtime.close();
    }
  }

  private static void await(ExecutorService threads) {
    try {
      assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void connectsCallsOfOtherThreads() throws Exception {
    GildRuntime runtime = Calls.runtime(data);
    try {
      GovernedMethod outer = Calls.method(runtime, CallKind.AGENT, "support", "outer");
      GovernedMethod inner = Calls.method(runtime, CallKind.TOOL, "support", "inner");
      Calls.call(
          outer,
          () -> {
            ExecutorService threads = Executors.newSingleThreadExecutor();
            CallContext.executor(threads).execute(() -> Calls.call(inner, () -> {}));
            threads.shutdown();
            await(threads);
          });
      CallRow call = rows(runtime, "outer").get(0);
      assertThat(rows(runtime, "inner"))
          .singleElement()
          .satisfies(row -> {
            assertThat(row.parent).isEqualTo(call.number);
            assertThat(row.root).isEqualTo(call.number);
          });
    } finally {
      runtime.close();
    }
  }
}
