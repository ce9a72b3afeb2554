package io.gild.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.core.BulkheadFull;
import io.gild.core.Counts.Event;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.synchronizers.Permit;
import io.gild.synchronizers.Synchronizers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bulkheads whose places are permits of a semaphore; testkit brings the synchronizers. */
class SharedBulkheadTests {

  private static final String TEXT_TO_TEXT = "(Ljava/lang/String;)Ljava/lang/String;";
  private static final String TEXT_TO_FUTURE =
      "(Ljava/lang/String;)Ljava/util/concurrent/CompletableFuture;";

  private final List<String> log = new CopyOnWriteArrayList<>();
  private GildRuntime runtime;

  @BeforeEach
  void collectLog() {
    GildLog.redirect((line, cause) -> log.add(line));
  }

  @AfterEach
  void close() {
    GildLog.redirect((line, cause) -> System.err.println("[gild] " + line));
    runtime.close();
  }

  private void start(String bulkhead, String synchronizers) {
    String yaml =
        "agents:\n- match: com.acme.Desk*#*\n  bulkhead: {scope: shared, %s}\n%s\n"
            .formatted(bulkhead, synchronizers);
    runtime =
        GildRuntime.builder()
            .settings(Settings.builder().yaml("gild.yaml", yaml).build())
            .module(new ReliabilityModule())
            .build();
  }

  private GovernedMethod method(String type, String name, String descriptor) {
    return runtime.method(MethodSpec.of("support", "com.acme." + type, name, descriptor));
  }

  @Test
  void countsTheCallsOfAllWhoShareThePermits() throws Exception {
    start("max-concurrent-calls: 1", "");
    GovernedMethod method = method("Desk", "answer", TEXT_TO_TEXT);
    Synchronizers elsewhere = Synchronizers.of(runtime);
    Permit held = elsewhere.semaphore("support.answer", 1).tryAcquire().orElseThrow();

    assertThatThrownBy(() -> method.call(null, arguments -> "answer", "question"))
        .isInstanceOf(BulkheadFull.class)
        .hasMessage("Agent support: bulkhead is full, 1 calls are running");
    assertThat(method.counts().get(Event.BULKHEAD_REFUSED)).isEqualTo(1);

    held.close();
    Object answer =
        method.call(
            null,
            arguments -> elsewhere.semaphore("support.answer", 1).tryAcquire().isPresent(),
            "question");
    assertThat(answer).as("free while the method runs").isEqualTo(false);
    assertThat(elsewhere.semaphore("support.answer", 1).tryAcquire()).isPresent();
  }

  @Test
  void sharesThePlacesOfANameBetweenMethods() {
    start("max-concurrent-calls: 1, name: model", "");
    GovernedMethod outer = method("Desk", "answer", TEXT_TO_TEXT);
    GovernedMethod other = method("DeskTwo", "ask", TEXT_TO_TEXT);
    Permit held = Synchronizers.of(runtime).semaphore("model", 1).tryAcquire().orElseThrow();

    for (GovernedMethod each : List.of(outer, other)) {
      assertThatThrownBy(() -> each.call(null, arguments -> "answer", "question"))
          .isInstanceOf(BulkheadFull.class);
    }
    held.close();
    assertThat(other.call(null, arguments -> "answer", "question")).isEqualTo("answer");
  }

  @Test
  void returnsThePlaceWhenTheCallFails() {
    start("max-concurrent-calls: 1", "");
    GovernedMethod method = method("Desk", "answer", TEXT_TO_TEXT);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() ->
              method.call(
                  null,
                  arguments -> {
                    throw new IllegalStateException("broken");
                  },
                  "question"))
          .hasMessage("broken");
    }
  }

  @Test
  void holdsThePlaceUntilAnAsynchronousResultIsThere() throws Exception {
    start("max-concurrent-calls: 1", "");
    GovernedMethod method = method("Desk", "answer", TEXT_TO_FUTURE);
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<?> result =
        (CompletableFuture<?>) method.call(null, arguments -> answer, "question");

    assertThat(Synchronizers.of(runtime).semaphore("support.answer", 1).tryAcquire()).isEmpty();
    answer.complete("done");
    assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo("done");
    assertThat(Synchronizers.of(runtime).semaphore("support.answer", 1).tryAcquire()).isPresent();
  }

  @Test
  void waitsForAPlaceThatIsReturned() throws Exception {
    start("max-concurrent-calls: 1, max-wait-duration: 1m", "");
    GovernedMethod method = method("Desk", "answer", TEXT_TO_TEXT);
    Permit held =
        Synchronizers.of(runtime).semaphore("support.answer", 1).tryAcquire().orElseThrow();
    CompletableFuture<Object> waiting =
        CompletableFuture.supplyAsync(() -> method.call(null, arguments -> "answer", "question"));
    held.close();
    assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo("answer");
  }

  @Test
  void countsInThisProcessWhileTheEngineCannotBeReached() {
    start("max-concurrent-calls: 1", "synchronizers: {engine: redis}");
    GovernedMethod method = method("Desk", "answer", TEXT_TO_TEXT);

    Object answer =
        method.call(
            null,
            arguments -> {
              CompletableFuture<Object> other =
                  CompletableFuture.supplyAsync(
                      () -> method.call(null, nothing -> "other", "question"));
              assertThatThrownBy(() -> other.get(60, TimeUnit.SECONDS))
                  .hasCauseInstanceOf(BulkheadFull.class);
              return "answer";
            },
            "question");

    assertThat(answer).isEqualTo("answer");
    assertThat(method.call(null, arguments -> "again", "question")).isEqualTo("again");
    assertThat(log)
        .filteredOn(line -> line.contains("bulkhead"))
        .containsExactly(
            "The bulkhead support.answer cannot be reached; until it can, each JVM allows 1 calls at once: synchronizers.engine is redis, whose module is absent: add the dependency io.gild:gild-synchronizers-redis.");
  }

  @Test
  void reportsThatTheEngineIsThisProcess() {
    start("max-concurrent-calls: 1, name: alone", "");
    GovernedMethod method = method("Desk", "answer", TEXT_TO_TEXT);
    method.call(null, arguments -> "answer", "question");
    method.call(null, arguments -> "answer", "question");
    assertThat(log)
        .containsExactly(
            "The permits of alone are shared within this JVM alone: synchronizers.engine is in-process. Use redis or nats for several JVMs.");
  }
}
