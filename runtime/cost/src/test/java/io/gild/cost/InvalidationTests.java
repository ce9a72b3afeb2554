package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.Invalidations;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InvalidationTests {

  private final AtomicInteger runs = new AtomicInteger();
  private final ManualClock clock = ManualClock.create();

  @Test
  void dropsTheAnswersWithATag() {
    GovernedMethod method = method("{tags: [prices, 'customer:{customer}']}");
    Invalidations all = Invalidations.of(method.runtime());
    assertThat(ask(method, "anna")).isEqualTo("answer 1");
    assertThat(ask(method, "bob")).isEqualTo("answer 2");

    all.dropAll(Set.of("customer:anna"));
    assertThat(ask(method, "anna")).isEqualTo("answer 3");
    assertThat(ask(method, "bob")).isEqualTo("answer 2");

    all.dropAll(Set.of("prices", "unknown"));
    assertThat(ask(method, "anna")).isEqualTo("answer 4");
    assertThat(ask(method, "bob")).isEqualTo("answer 5");

    all.dropAll(Set.of("customer:$1\\"));
    assertThat(ask(method, "$1\\")).isEqualTo("answer 6");
    all.dropAll(Set.of("customer:$1\\"));
    assertThat(ask(method, "$1\\")).isEqualTo("answer 7");
  }

  @Test
  void namesAParameterThatDoesNotExist() {
    List<String> log = new CopyOnWriteArrayList<>();
    GildLog.redirect((line, cause) -> log.add(line));

    method("{tags: ['customer:{client}']}");

    assertThat(log)
        .anySatisfy(line -> assertThat(line).contains("{client}", "no effect", "customer"));
  }

  @Test
  void keepsARefusalForAShortTime() {
    GovernedMethod method = method("{ttl: 1h, refusal-ttl: 1m}");
    assertThat(refuse(method)).isEqualTo("answer 1");
    assertThat(refuse(method)).isEqualTo("answer 1");
    clock.advance(Duration.ofMinutes(2));
    assertThat(ask(method, "anna")).isEqualTo("answer 2");
    clock.advance(Duration.ofMinutes(2));
    assertThat(ask(method, "anna")).isEqualTo("answer 2");
  }

  @Test
  void keepsNoRefusalIfItsTimeIsZero() {
    GovernedMethod method = method("{ttl: 1h, refusal-ttl: 0s}");
    assertThat(refuse(method)).isEqualTo("answer 1");
    assertThat(refuse(method)).isEqualTo("answer 2");
  }

  private Object ask(GovernedMethod method, String customer) {
    return method.call(null, same -> "answer " + runs.incrementAndGet(), "question", customer);
  }

  private Object refuse(GovernedMethod method) {
    return method.call(
        null,
        same -> {
          AgentCall.current().detail().recordFinishReason("content_filter");
          return "answer " + runs.incrementAndGet();
        },
        "question",
        "anna");
  }

  private GovernedMethod method(String cache) {
    return GildRuntime.builder()
        .clock(clock)
        .settings(
            Settings.builder()
                .yaml("gild.yaml", "mode: enforce\nagents:\n- agent: support\n  cache: " + cache)
                .build())
        .module(new CostModule())
        .build()
        .method(
            new MethodSpec(
                CallKind.AGENT,
                "support",
                "",
                "com.acme.Desk",
                "answer",
                "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
                List.of(
                    new Parameter("question", "java.lang.String", Role.PROMPT),
                    new Parameter("customer", "java.lang.String", Role.TENANT)),
                Effect.NONE,
                PolicyTree.empty()));
  }
}
