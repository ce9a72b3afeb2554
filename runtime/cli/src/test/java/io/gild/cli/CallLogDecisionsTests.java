package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines of decisions that concern more than one call. */
@Timeout(60)
class CallLogDecisionsTests {

  @TempDir Path folder;

  @Test
  void namesTheCallThatGotTheAnswerOfAConcurrentOne() throws Exception {
    List<Map<String, Object>> lines =
        LoggedDesk.linesOf(folder, "[calls, choices]", 1, CallLogDecisionsTests::askTwiceAtOnce);

    Map<String, Object> shared = LoggedDesk.line(lines, "cache_shared");
    assertThat(shared).containsEntry("method", "cached");
    assertThat(lines)
        .filteredOn(line -> "shared".equals(line.get("cache")))
        .singleElement()
        .satisfies(call -> assertThat(call.get("call")).isEqualTo(shared.get("call")));
  }

  /** The second caller asks while the call of the first one runs. */
  private static void askTwiceAtOnce(LoggedDesk desk) throws Exception {
    List<Thread> second = new ArrayList<>();
    desk.call(
        "cached",
        arguments -> {
          Thread other = new Thread(() -> desk.call("cached", again -> "another answer"));
          other.start();
          second.add(other);
          while (!waitsInTheCache(other)) {
            Thread.onSpinWait();
          }
          return "answer";
        });
    second.get(0).join();
  }

  private static boolean waitsInTheCache(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
        .findFirst()
        .filter(name -> name.startsWith("io.gild.cost.") && isParked(thread))
        .isPresent();
  }

  private static boolean isParked(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  @Test
  void hasALineForASideEffectThatIsNotRepeated() throws Exception {
    int[] payments = {0};
    List<Map<String, Object>> lines =
        LoggedDesk.linesOf(
            folder,
            "[calls, decisions]",
            1,
            desk ->
                desk.call(
                    "retried",
                    arguments -> {
                      desk.pay(() -> payments[0]++);
                      return LoggedDesk.failed();
                    }));

    assertThat(payments[0]).isEqualTo(1);
    Map<String, Object> replayed = LoggedDesk.line(lines, "replayed");
    assertThat(replayed).containsEntry("method", "pay").containsKeys("call", "parent", "root");
    assertThat(lines)
        .filteredOn(line -> "pay".equals(line.get("method")) && line.containsKey("outcome"))
        .extracting(line -> line.get("call"))
        .hasSize(2)
        .endsWith(replayed.get("call"));
  }

  @Test
  void hasLinesForTheBeginAndTheEndOfAnAnomaly() throws Exception {
    List<Map<String, Object>> lines =
        LoggedDesk.linesOf(
            folder,
            "[decisions]",
            1,
            desk -> {
              desk.takeTime(300, Duration.ofMillis(800));
              desk.takeTime(30, Duration.ofSeconds(2));
              desk.takeTime(100, Duration.ofMillis(800));
            });

    assertThat(lines)
        .extracting(line -> line.get("event"))
        .containsExactly("anomaly_raised", "anomaly_ended");
    assertThat(lines)
        .allSatisfy(line ->
            assertThat(line)
                .containsEntry("agent", "desk")
                .containsEntry("method", "watched")
                .containsEntry("signal", "latency")
                .containsKeys("usual", "found")
                .doesNotContainKey("call"));
  }
}
