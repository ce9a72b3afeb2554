package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.library.Desk;
import com.acme.library.OpenAiDesk;
import io.gild.testkit.Faults;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiLibraryTests extends LibraryContract {

  @Override
  Class<? extends Desk> desk() {
    return OpenAiDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(
        List.of("com.openai:openai-java:4.0.0"), List.of("com.openai:openai-java:4.101.0"));
  }

  @Override
  boolean takesInstructions() {
    return true;
  }

  @Override
  Set<Way> ways() {
    return EnumSet.allOf(Way.class);
  }

  /** The asynchronous client waits on a timer's thread before it retries. */
  @ParameterizedTest
  @MethodSource("rows")
  void chargesTheRetriesOfAnAsynchronousClientToItsCall(Row row) throws Exception {
    String metered = OBSERVED + "observability: {prometheus-port: 0}\n";
    try (Child child = startAlone(row, 2, Faults.rate(1), metered)) {
      assertThat(child.ask("async one")).startsWith("threw");
      child.end();
      assertThat(provider.requests()).hasSize(3);
      report().assertEquals(provider.requests());
      assertThat(report().meter("gild_http_attempts_total", "agent"))
          .containsExactly(Map.entry("desk", 3.0));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void limitsTheRetriesOfAnAsynchronousClient(Row row) throws Exception {
    String bounded = OBSERVED.replace("observe", "enforce") + "limits: {max-failed-requests: 2}\n";
    try (Turn turn = start(row, 5, Faults.rate(1), bounded)) {
      assertThat(turn.ask("async one")).startsWith("threw");
      turn.end();
      assertThat(provider.requests()).hasSize(2);
    }
  }
}
