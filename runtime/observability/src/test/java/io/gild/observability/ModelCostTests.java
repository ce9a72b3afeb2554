package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.Ledger;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCostTests {

  private static final List<String> MODELS =
      List.of("gpt-4o-mini", "gpt-4o", "claude-sonnet-4-5", "gpt-4o-audio-preview", "unpriced-1");

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final GildRuntime runtime = TestRuntime.with(Telemetry.of(registry));
  private final GovernedMethod agent =
      runtime.method(TestRuntime.spec(CallKind.AGENT, "support", "answer"));
  private final GovernedMethod model =
      runtime.method(TestRuntime.spec(CallKind.CHAT, "support", "chat"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void sumsUpToTheCostOfAgentAndLedger(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      if (random.nextInt(4) == 0) {
        model.call(null, arguments -> report(random), "request");
      } else {
        agent.call(
            null,
            arguments -> {
              for (int calls = random.nextInt(4); calls > 0; calls--) {
                if (random.nextBoolean()) {
                  model.call(null, same -> report(random), "request");
                } else {
                  report(random);
                }
              }
              return "answer";
            },
            "question");
      }
    }

    long ledger = runtime.ledger().lines().stream().mapToLong(Ledger.Line::nanoUsd).sum();
    long unpriced =
        runtime.ledger().lines().stream().mapToLong(Ledger.Line::unpricedRequests).sum();
    assertThat(ledger).isPositive();
    assertThat(nanos("gild.model.cost")).isEqualTo(ledger).isEqualTo(nanos("gild.agent.cost"));
    assertThat(
            registry.find("gild.model.unpriced").counters().stream()
                .mapToLong(each -> (long) each.count())
                .sum())
        .isEqualTo(unpriced)
        .isPositive();
  }

  @Test
  void chargesNestedKindsOnce() {
    model.call(
        null,
        arguments -> {
          AgentCall.current()
              .recordUsage(
                  "claude-sonnet-4-5",
                  Usage.of(1_000, 80)
                      .with(io.gild.config.TokenKind.CACHED_INPUT, 600)
                      .with(io.gild.config.TokenKind.CACHE_WRITE, 100)
                      .with(io.gild.config.TokenKind.REASONING, 30));
          return "answer";
        },
        "request");

    // 300 plain, 600 read, 100 written, 50 out and 30 reasoned at 3, 0.3, 3.75 and 15 dollars
    assertThat(kind("input")).isEqualTo(900_000);
    assertThat(kind("cache_read")).isEqualTo(180_000);
    assertThat(kind("cache_write")).isEqualTo(375_000);
    assertThat(kind("output")).isEqualTo(750_000);
    assertThat(kind("reasoning")).isEqualTo(450_000);
    assertThat(kind("audio")).isZero();
    assertThat(kind("other")).isZero();
  }

  @Test
  void keepsMoneyThatWasReportedWithoutAPrice() {
    agent.call(
        null,
        arguments -> {
          AgentCall.current().detail().recordUsage("own", Usage.of(5, 7), 1_234);
          return "answer";
        },
        "question");

    assertThat(kind("other")).isEqualTo(1_234);
  }

  private Object report(Random random) {
    AgentCall call = AgentCall.current();
    call.detail().recordProvider("openai");
    Usage usage = Usage.of(kind -> random.nextInt(5) == 0 ? 0 : random.nextInt(3_000));
    Usage reported = random.nextBoolean() ? usage.contained() : usage;
    call.recordUsage(MODELS.get(random.nextInt(MODELS.size())), reported);
    return "answer";
  }

  private long kind(String kind) {
    return registry.find("gild.model.cost").tag("kind", kind).functionCounters().stream()
        .mapToLong(ModelCostTests::nanos)
        .sum();
  }

  private long nanos(String meter) {
    return registry.find(meter).functionCounters().stream().mapToLong(ModelCostTests::nanos).sum();
  }

  private static long nanos(FunctionCounter counter) {
    return Math.round(counter.count() * 1e9);
  }
}
