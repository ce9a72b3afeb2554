package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentRegistryTests {

  @Test
  void readsBackWhatItWrites() {
    MethodSpec spec =
        new MethodSpec(
            CallKind.AGENT,
            "desk \"one\"",
            "2",
            "com.acme.Desk$Inner",
            "answer",
            "(Ljava/lang/String;J)V",
            List.of(
                new MethodSpec.Parameter("question", "java.lang.String", MethodSpec.Role.PROMPT),
                new MethodSpec.Parameter("customer", "long", MethodSpec.Role.TENANT)),
            Effect.SIDE_EFFECT,
            PolicyTree.of(Map.of("retry", Map.of("max-attempts", 3), "cache", Map.of())));

    assertThat(AgentRegistry.parse(AgentRegistry.write(spec))).containsExactly(spec);
    assertThat(AgentRegistry.parse(AgentRegistry.write(spec.asWrapped()))).containsExactly(spec);
  }
}
