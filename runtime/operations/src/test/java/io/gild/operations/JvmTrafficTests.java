package io.gild.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.MethodSpec;
import io.gild.core.spi.DecisionEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmTrafficTests {

  private static final String YAML =
      """
      rollouts:
        search-2:
          agent: search
          engine: jvm
          stable: {version: "1"}
          canary: {version: "2", model: gpt-4o}
      """;

  @Test
  void publishesEachChangeOfTheShareForEachMethodOfTheAgent() throws RolloutException {
    Settings settings = Settings.builder().yaml("gild.yaml", YAML).build();
    List<DecisionEvent> seen = new ArrayList<>();
    try (GildRuntime runtime = GildRuntime.builder().settings(settings).build()) {
      runtime.method(spec("search", "find"));
      runtime.method(spec("other", "find"));
      runtime.events().subscribeDecisions(seen::add);
      JvmTraffic traffic = new JvmTraffic(RolloutPlan.of(settings, "search-2"), settings, runtime);
      for (int share : new int[] {0, 2_500, 2_500, 0}) {
        traffic.set(share);
      }
    }

    assertThat(seen).extracting(DecisionEvent::code).containsOnly("version_share");
    assertThat(seen).extracting(each -> each.method().agent()).containsOnly("search");
    assertThat(seen.stream().map(each -> String.valueOf(each.facts())))
        .containsExactly(
            "{rollout=search-2, canary=2, percent=25.0}",
            "{rollout=search-2, canary=2, percent=0.0}");
  }

  private static MethodSpec spec(String agent, String method) {
    return new MethodSpec(
        CallKind.AGENT,
        agent,
        "1",
        "com.acme.Search",
        method,
        "(Ljava/lang/String;)Ljava/lang/String;",
        List.of(),
        Effect.NONE,
        PolicyTree.empty());
  }
}
