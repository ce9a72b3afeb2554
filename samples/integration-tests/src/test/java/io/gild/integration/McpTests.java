package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.mcp.ClientMain;
import com.acme.mcp.ServerMain;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients and servers of the Model Context Protocol, each in a JVM with the agent. */
class McpTests {

  private static final String GOVERNED =
      """
      mode: observe
      agents:
        - match: com.acme.mcp.Desk#find
          name: desk
        - match: com.acme.mcp.ClientMain$*Caller#ask
          name: caller
      """;

  private static final String REQUEST = "tools/call lookup";

  private static String libraries() {
    return ClassPaths.of(
        List.of(
            "io.modelcontextprotocol.sdk:mcp:2.0.1",
            "dev.langchain4j:langchain4j-mcp:1.18.1-beta28",
            "org.apache.tomcat.embed:tomcat-embed-core:11.0.14"));
  }

  private static Child.Builder child(Traces traces, String settings) throws Exception {
    return Child.on(Jdk.own())
        .agent("config=" + ConfigFile.of(GOVERNED + settings))
        .classPath(libraries())
        .environment("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint())
        .environment("OTEL_METRICS_EXPORTER", "none")
        .environment("OTEL_BSP_SCHEDULE_DELAY", "50");
  }

  private static Child client(Traces traces, String library, String settings, String... server)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(library));
    arguments.addAll(List.of(server));
    return child(traces, settings).main(ClientMain.class, arguments.toArray(String[]::new)).start();
  }

  /** Returns the command of a server that its client starts. */
  private static String[] server(@Nullable String settings) throws Exception {
    List<String> command = new ArrayList<>(List.of(Jdk.own().java(), "-XX:TieredStopAtLevel=1"));
    if (settings != null) {
      command.add(
          "-javaagent:" + Child.agentJar() + "=config=" + ConfigFile.of(GOVERNED + settings));
    }
    String classes =
        Path.of("target/test-classes").toAbsolutePath() + File.pathSeparator + libraries();
    command.addAll(List.of("-cp", classes, ServerMain.class.getName(), "stdio"));
    return command.toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({"sdk,tools/call lookup", "langchain4j,execute_tool lookup"})
  void continuesTheTraceInTheServerOverPipes(String library, String sending) throws Exception {
    try (Traces traces = Traces.receive();
        Child client = client(traces, library, "", server(""))) {
      assertThat(client.ask("bread")).isEqualTo("found bread");
      await(() -> !traces.named("invoke_agent desk").isEmpty());
      assertThat(client.end()).noneMatch(line -> line.contains("failed"));

      assertLinked(traces, sending, "pipe");
    }
  }

  @ParameterizedTest
  @CsvSource({"sdk,tools/call lookup", "langchain4j,execute_tool lookup"})
  void continuesTheTraceInTheServerOverHttp(String library, String sending) throws Exception {
    try (Traces traces = Traces.receive();
        Child server = child(traces, "").main(ServerMain.class, "http").start()) {
      String port = server.ask("port");
      try (Child client = client(traces, library, "", "http://127.0.0.1:" + port)) {
        assertThat(client.ask("bread")).isEqualTo("found bread");
        await(() -> !traces.named("invoke_agent desk").isEmpty());
        assertThat(client.end()).noneMatch(line -> line.contains("failed"));
      }
      assertThat(server.end()).noneMatch(line -> line.contains("failed"));

      Map<String, String> sent = assertLinked(traces, sending, "tcp");
      assertThat(sent).containsEntry("server.address", "127.0.0.1");
      Traces.Span served = served(traces);
      assertThat(served.attributes().get("mcp.session.id"))
          .isNotNull()
          .isEqualTo(sent.get("mcp.session.id"));
    }
  }

  /** Checks the trace from the client's agent to the server's; returns what the client knows. */
  private static Map<String, String> assertLinked(Traces traces, String sending, String transport) {
    List<Traces.Span> callers = traces.named("invoke_agent caller");
    List<Traces.Span> sent =
        traces.named(sending).stream()
            .filter(span -> callers.stream().anyMatch(span::isBelow))
            .toList();
    assertThat(sent).singleElement();
    Traces.assertBelow(List.of(served(traces)), sent);
    traces.assertBelow("invoke_agent desk", REQUEST);
    Map<String, String> attributes = sent.get(0).attributes();
    assertThat(attributes)
        .containsEntry("mcp.method.name", "tools/call")
        .containsEntry("gen_ai.operation.name", "execute_tool")
        .containsEntry("gen_ai.tool.name", "lookup")
        .containsEntry("network.transport", transport)
        .doesNotContainKey("error.type");
    assertThat(traces.named(REQUEST)).hasSize(sending.equals(REQUEST) ? 2 : 1);
    return attributes;
  }

  private static Traces.Span served(Traces traces) {
    List<Traces.Span> inside = traces.named("invoke_agent desk");
    return traces.named(REQUEST).stream()
        .filter(span -> inside.stream().anyMatch(each -> each.isBelow(span)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void recordsErrorsOfTools() throws Exception {
    try (Traces traces = Traces.receive();
        Child client = client(traces, "sdk", "", server(""))) {
      assertThat(client.ask("nothing")).isEqualTo("none");
      client.ask("trouble");
      await(() -> traces.named(REQUEST).size() == 4);
      client.end();

      assertThat(traces.named(REQUEST))
          .extracting(span -> span.attributes().getOrDefault("error.type", ""))
          .contains("tool_error", "java.lang.IllegalStateException")
          .doesNotContain("");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sdk", "langchain4j"})
  void leavesRequestsAloneOnRequest(String library) throws Exception {
    String settings = "observability: {mcp-propagation: false}\n";
    try (Traces traces = Traces.receive();
        Child client = client(traces, library, settings, server(""))) {
      assertThat(client.ask("bread")).isEqualTo("found bread");
      await(() -> !traces.named("invoke_agent desk").isEmpty());
      client.end();

      assertThat(traces.named("invoke_agent desk").get(0).trace())
          .isNotEqualTo(traces.named("invoke_agent caller").get(0).trace());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sdk", "langchain4j"})
  void disturbsNoServerThatKnowsNothingOfIt(String library) throws Exception {
    try (Traces traces = Traces.receive();
        Child client = client(traces, library, "", server(null))) {
      assertThat(client.ask("bread")).isEqualTo("found bread");
      client.end();
      assertThat(traces.named("invoke_agent caller")).hasSize(1);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("came in time").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
