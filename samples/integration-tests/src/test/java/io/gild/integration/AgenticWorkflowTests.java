package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.library.AgenticDesk;
import com.acme.library.Desk;
import io.gild.testkit.Faults;
import io.gild.testkit.LoggedRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workflows of LangChain4j's agents, in pools as well. */
class AgenticWorkflowTests extends LibraryRuns {

  private static final Map<String, String> ANSWERS =
      Map.of(
          "chat", "[own-model] judge [own-model] tell of sea",
          "async", "[own-model] tell of sea + [own-model] sing of sea",
          "push", "[own-model] tell of sea + [own-model] sing of sea",
          "other", "[own-model] tell of sea");

  @Override
  Class<? extends Desk> desk() {
    return AgenticDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(of("1.11.0", "1.11.0-beta19"), of("1.19.0", "1.19.0-beta29"));
  }

  private static List<String> of(String version, String beta) {
    return List.of(
        "dev.langchain4j:langchain4j-agentic:" + beta,
        "dev.langchain4j:langchain4j:" + version,
        "dev.langchain4j:langchain4j-open-ai:" + version,
        "org.slf4j:slf4j-nop:2.0.17");
  }

  private static String named(String mode) {
    return """
    mode: %s
    observability: {prometheus-port: 0}
    prices:
      own-model: {input: 1, output: 1}
    agents:
      - {match: com.acme.library.AgenticDesk$Workshop#run, name: workshop}
      - {match: com.acme.library.AgenticDesk$Writer#write, name: writer}
      - {match: com.acme.library.AgenticDesk$Critic#judge, name: critic}
      - {match: com.acme.library.AgenticDesk$Poet#sing, name: poet}
    """
        .formatted(mode);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void chargesEachAgentsRequestsToItAndTheirMoneyToTheWorkflow(Row row) throws Exception {
    try (Child child = startAlone(row, 3, everySecond(), named("observe"))) {
      askAll(child);
      child.end();
      report().assertEquals(provider.requests());
      int answers = answers();
      assertThat(report().meter("gild_agent_requests_total", "agent"))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("workshop", 4.0, "writer", answers - 3.0, "critic", 1.0, "poet", 2.0));
      assertThat(report().meter("gild_agent_cost_usd_total", "agent")).containsOnlyKeys("workshop");
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void retriesEachAgentWhereItFailed(Row row) throws Exception {
    String yaml = named("enforce") + "models: {retry: {max-attempts: 3, wait-duration: 0s}}\n";
    try (Child child = startAlone(row, 0, everySecond(), yaml)) {
      askAll(child);
      child.end();
      report().assertEquals(provider.requests());
      assertThat(report().json().path("retries").asInt()).isEqualTo(answers());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void stepsSideBySideAreOneTrace(Row row) throws Exception {
    try (Traces traces = Traces.receive();
        Child child =
            startAlone(
                row,
                0,
                Faults.none(),
                named("observe"),
                "-Dotel.exporter.otlp.endpoint=" + traces.endpoint())) {
      for (String way : List.of("async", "push")) {
        assertThat(child.ask(way + " sea")).isEqualTo(ANSWERS.get(way));
      }
      child.end();
      List<Traces.Span> workflows = traces.named("invoke_agent workshop");
      assertThat(workflows).hasSize(2).extracting(Traces.Span::parent).containsOnly("");
      assertThat(traces.spans())
          .extracting(Traces.Span::trace)
          .containsOnly(workflows.get(0).trace(), workflows.get(1).trace());
      assertThat(traces.named("chat own-model")).hasSize(4);
    }
  }

  private static void askAll(Child child) throws Exception {
    for (Map.Entry<String, String> way : new TreeMap<>(ANSWERS).entrySet()) {
      assertThat(child.ask(way.getKey() + " sea")).isEqualTo(way.getValue());
    }
  }

  /** Counts the answers, each of which followed a failure; old versions loop one more time. */
  private int answers() {
    int answers = provider.requests().size() / 2;
    assertThat(answers).isBetween(9, 10);
    assertThat(provider.requests().stream().filter(LoggedRequest::succeeded)).hasSize(answers);
    return answers;
  }
}
