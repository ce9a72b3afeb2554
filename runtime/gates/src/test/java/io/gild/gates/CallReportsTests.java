package io.gild.gates;

import static io.gild.gates.TestResults.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallReportsTests {

  private static final String METRICS =
      """
      gild_agent_requests_total{agent="a \\"b\\"",method="answer",result="success"} 18.0
      gild_agent_requests_total{agent="a \\"b\\"",method="other",result="failure"} 2.0
      gild_agent_duration_seconds_bucket{agent="a \\"b\\"",method="answer",outcome="success",le="0.5"} 15
      gild_agent_duration_seconds_bucket{agent="a \\"b\\"",method="other",outcome="failure",le="0.5"} 1
      gild_agent_duration_seconds_bucket{agent="a \\"b\\"",method="answer",outcome="success",le="60.0"} 17
      gild_agent_duration_seconds_bucket{agent="a \\"b\\"",method="other",outcome="failure",le="60.0"} 2
      gild_agent_duration_seconds_bucket{agent="a \\"b\\"",method="answer",outcome="success",le="+Inf"} 18
      gild_agent_duration_seconds_bucket{agent="a \\"b\\"",method="other",outcome="failure",le="+Inf"} 2
      other_total{agent="x"} 1
      """;

  @TempDir private Path folder;

  @Test
  void sumsTheMethodsOfAnAgent() {
    assertThat(CallReports.prometheus("m", METRICS, NOW))
        .containsExactly(new CallReport("m", "a \"b\"", "", NOW, 20, 2, Duration.ofSeconds(60)));
  }

  @Test
  void scrapesAnEndpoint() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = METRICS.getBytes(StandardCharsets.UTF_8);
          boolean right = exchange.getRequestURI().getPath().equals("/metrics");
          exchange.sendResponseHeaders(right ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI root = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    Duration timeout = Duration.ofSeconds(20);
    try {
      assertThat(CallReports.scrape(root.resolve("/metrics"), timeout, NOW))
          .extracting(CallReport::calls)
          .containsExactly(20L);
      assertThatThrownBy(() -> CallReports.scrape(root.resolve("/nothing"), timeout, NOW))
          .isInstanceOf(IOException.class)
          .hasMessage("Cannot scrape " + root + "/nothing: it answers 404");
    } finally {
      server.stop(0);
    }
    assertThatThrownBy(() -> CallReports.scrape(root, timeout, NOW))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot scrape " + root);
  }

  /** Both files were written by an application that answered 38 of 40 calls. */
  @Test
  void readsTheReportOfAnApplication() throws IOException {
    assertThat(CallReports.gildReport(Path.of("src/test/resources/served.json")))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.agent()).isEqualTo("support");
          assertThat(each.calls()).isEqualTo(40);
          assertThat(each.errors()).isEqualTo(2);
          assertThat(each.p95()).isEqualTo(Duration.ofMillis(5));
        });
  }

  @Test
  void namesABrokenMetric() {
    assertThatThrownBy(
            () -> CallReports.prometheus("m", "x 1\ngild_agent_requests_total{agent=\"a\"", NOW))
        .hasMessage("m:2: not a metric of Gild: gild_agent_requests_total{agent=\"a\"");
  }

  @Test
  void readsTheReportOfGildWithAndWithoutItsScrape() throws IOException {
    Path report = folder.resolve("report.json");
    Files.writeString(report, "{\"calls\": 12, \"succeeded\": 9, \"failed\": 1, \"refused\": 1}");

    assertThat(CallReports.gildReport(report))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.calls()).isEqualTo(11);
          assertThat(each.errors()).isEqualTo(2);
          assertThat(each.p95()).isNull();
        });
    Files.writeString(folder.resolve("report.json.prom"), METRICS);
    assertThat(CallReports.gildReport(report))
        .extracting(CallReport::agent, CallReport::p95)
        .containsExactly(org.assertj.core.api.Assertions.tuple("a \"b\"", Duration.ofSeconds(60)));
  }

  @Test
  void readsTheReportOfALoadTest() throws IOException {
    List<CallReport> reports =
        List.of(
            new CallReport("f", "a", "1", NOW, 10, 1, Duration.ofMillis(840)),
            new CallReport("f", "", "1", NOW, 10, 0, null));
    Path file = folder.resolve("load.json");
    Files.writeString(file, CallReports.write(reports));

    assertThat(CallReports.loadTest(file))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("source")
        .isEqualTo(reports);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"cals\": 1} | unknown key \"cals\". Did you mean \"calls\"?",
        "{\"finished\": \"today\"} | finished must be a moment such as 2026-11-20T10:00:00Z, but is \"today\"",
        "{\"finished\": \"2026-11-20T10:00:00Z\", \"calls\": -1} | calls must be a whole number from 0, but is -1",
        "{\"finished\": \"2026-11-20T10:00:00Z\", \"calls\": 1, \"errors\": 2} |errors must be from 0 to calls, but are 2 of 1",
        "[1] | expected a JSON object, or a list of them",
        "{ |1:2: expected a key in quotes",
      })
  void namesTheFileOfABrokenReport(String text, String message) throws IOException {
    Path file = folder.resolve("load.json");
    Files.writeString(file, text);

    assertThatThrownBy(() -> CallReports.loadTest(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            java.util.regex.Pattern.quote(file + ":")
                + " ?"
                + java.util.regex.Pattern.quote(message));
  }
}
