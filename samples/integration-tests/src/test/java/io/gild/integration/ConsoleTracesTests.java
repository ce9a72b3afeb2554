package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.testkit.ModelProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console of a JVM in which OpenTelemetry's javaagent exports the spans. */
class ConsoleTracesTests {

  @TempDir private Path data;

  private Child.Builder child(boolean gildFirst, Traces traces) throws Exception {
    String openTelemetry =
        "-javaagent:"
            + ClassPaths.of(
                List.of(
                    "io.opentelemetry.javaagent:opentelemetry-javaagent:"
                        + System.getProperty("opentelemetry-javaagent.version")));
    String gild =
        "config="
            + ConfigFile.of(
                """
                mode: enforce
                data: %s
                console: {port: 0}
                agents:
                  - match: com.acme.child.ModelDesk#answer
                    name: desk
                """
                    .formatted(data));
    Child.Builder builder = Child.on(Jdk.own());
    builder =
        gildFirst
            ? builder.agent(gild).flags(openTelemetry)
            : builder.flags(openTelemetry).agent(gild);
    return builder.flags(
        "-Dotel.exporter.otlp.endpoint=" + traces.endpoint(),
        "-Dotel.metrics.exporter=none",
        "-Dotel.logs.exporter=none");
  }

  private String url() throws Exception {
    try (Stream<Path> files = Files.list(data.resolve("console"))) {
      Object file = Json.read(Files.readString(files.findFirst().orElseThrow()));
      return String.valueOf(((Map<?, ?>) file).get("url"));
    }
  }

  private static List<Map<?, ?>> calls(String url) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
    Map<?, ?> body = (Map<?, ?>) Json.read(answer.body());
    return ((List<?>) body.get("rows")).stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hasTheIdsThatTheOtherAgentExports(boolean gildFirst) throws Exception {
    try (Traces traces = Traces.receive();
        ModelProvider provider = ModelProvider.builder().start();
        Child child = child(gildFirst, traces).provider(provider.openAiBaseUrl()).start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      String url = url();
      List<Map<?, ?>> all = calls(url + "/v1/calls?inner=true");
      List<Map<?, ?>> agents = calls(url + "/v1/calls?agent=desk");
      assertThat(agents).hasSize(1);
      String trace = String.valueOf(agents.get(0).get("trace"));
      assertThat(calls(url + "/v1/calls?text=" + trace.substring(0, 12))).hasSize(1);
      child.end();

      assertThat(traces.named("invoke_agent desk"))
          .singleElement()
          .satisfies(span -> {
            assertThat(trace).isEqualTo(span.trace());
            assertThat(agents.get(0).get("span")).isEqualTo(span.id());
          });
      assertThat(traces.named("chat own-model"))
          .singleElement()
          .satisfies(span ->
              assertThat(all)
                  .anySatisfy(call -> {
                    assertThat(call.get("kind")).isEqualTo("model");
                    assertThat(call.get("span")).isEqualTo(span.id());
                    assertThat(call.get("trace")).isEqualTo(span.trace());
                  }));
    }
  }
}
