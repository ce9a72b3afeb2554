package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.ModelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares sent and received requests for each HTTP client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpClientTests {

  private static final String GOVERNED =
      """
      mode: enforce
      agents:
        - match: com.acme.http.HttpDesk#ask
          name: desk
      observability:
        model-hosts: [127.0.0.1]
        prometheus-port: 0
      """;

  private static final List<String> CLIENTS =
      List.of(
          "JdkBlocking",
          "JdkAsync",
          "UrlConnection",
          "OkHttpBlocking",
          "OkHttpAsync",
          "Apache5",
          "Apache5Async",
          "Apache4",
          "ReactorNettyClient",
          "AwsNettyClient");

  static Stream<Arguments> clients() {
    List<Arguments> all = new ArrayList<>();
    for (Jdk jdk : Jdk.all()) {
      CLIENTS.forEach(client -> all.add(Arguments.of(client, jdk)));
    }
    return all.stream();
  }

  private static ModelProvider everySecondFails() {
    return ModelProvider.builder()
        .retryAfter(Duration.ZERO)
        .faults(
            Faults.script(
                Fault.OK,
                Fault.STATUS_503,
                Fault.OK,
                Fault.STATUS_429,
                Fault.OK,
                Fault.RESET,
                Fault.OK,
                Fault.STATUS_500,
                Fault.OK,
                Fault.STATUS_503,
                Fault.OK,
                Fault.RESET))
        .start();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void countsTheRequestsOfTheProvider(String client, Jdk jdk) throws Exception {
    Path report = Files.createTempFile("report", ".json");
    report.toFile().deleteOnExit();
    try (ModelProvider provider = everySecondFails();
        Child child =
            Child.on(jdk)
                .flags("-Dgild.report.file=" + report)
                .agent("config=" + ConfigFile.of(GOVERNED))
                .provider(provider.openAiBaseUrl())
                .start()) {
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        answers.add(child.ask("http " + client + " " + i));
      }
      assertThat(child.end())
          .filteredOn(line -> line.startsWith("[gild]") && !line.contains("scraped at"))
          .containsExactly("[gild] declared 1, woven 1");
      assertThat(answers).contains("status 200").anyMatch(answer -> !answer.equals("status 200"));
      JsonNode json = new ObjectMapper().readTree(report.toFile());
      assertThat(json.path("httpAttempts").asInt()).isEqualTo(provider.requests().size());
      assertThat(statuses(report)).isEqualTo(statuses(provider)).containsKey("2xx");
    }
  }

  private static final String REFUSED = "io.gild.core.AttemptsExhausted";
  private static final String STOPPED = "java.net.ProtocolException<" + REFUSED;
  private static final String LATER = "java.util.concurrent.ExecutionException<";

  /** The exception of each client after the limit. */
  private static final Map<String, String> REFUSALS =
      Map.of(
          "JdkBlocking",
          "java.net.ProtocolException<" + STOPPED,
          "JdkAsync",
          LATER + STOPPED,
          "UrlConnection",
          STOPPED,
          "OkHttpBlocking",
          STOPPED,
          "OkHttpAsync",
          LATER + STOPPED,
          "Apache5",
          STOPPED,
          "Apache5Async",
          LATER + STOPPED,
          "Apache4",
          STOPPED,
          "ReactorNettyClient",
          REFUSED,
          "AwsNettyClient",
          LATER + REFUSED);

  /** Serves only failures. */
  private final ModelProvider failing =
      ModelProvider.builder()
          .faults(
              Faults.rate(1)
                  .weighing(Fault.STATUS_429, 0)
                  .weighing(Fault.STATUS_503, 0)
                  .weighing(Fault.RESET, 0))
          .start();

  /** One child on each JDK, in which all clients are limited. */
  private final Map<Jdk, Child> bounded = new HashMap<>();

  @AfterAll
  void stop() {
    bounded.values().forEach(Child::close);
    failing.close();
  }

  private Child bounded(Jdk jdk) throws IOException {
    Child known = bounded.get(jdk);
    if (known == null) {
      String yaml = GOVERNED.replace("#ask", "#askOften") + "limits: {max-failed-requests: 2}\n";
      known =
          Child.on(jdk)
              .agent("config=" + ConfigFile.of(yaml))
              .provider(failing.openAiBaseUrl())
              .start();
      bounded.put(jdk, known);
    }
    return known;
  }

  @ParameterizedTest
  @MethodSource("clients")
  void stopsAtTheLimitOfFailedRequestsWithAnExceptionOfTheClient(String client, Jdk jdk)
      throws Exception {
    int before = failing.requests().size();
    String[] answers = bounded(jdk).ask("http-often " + client).split(" ");
    String refusal = REFUSALS.get(client);
    assertThat(answers).containsExactly("500", "500", refusal, refusal);
    assertThat(failing.requests()).hasSize(before + 2);
  }

  /** The responses of the provider, by class of status. */
  private static Map<String, Long> statuses(ModelProvider provider) {
    return provider.requests().stream()
        .map(request -> request.status() == 0 ? "error" : request.status() / 100 + "xx")
        .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
  }

  /** The responses that the agent counted, by class of status. */
  private static Map<String, Long> statuses(Path report) throws IOException {
    Pattern line =
        Pattern.compile(
            "gild_http_responses_total\\{agent=\"desk\",method=\"ask\",result=\"(\\w+)\",version=\"none\"} (.*)");
    Map<String, Long> statuses = new TreeMap<>();
    for (String each : Files.readAllLines(report.resolveSibling(report.getFileName() + ".prom"))) {
      Matcher matcher = line.matcher(each);
      if (matcher.matches() && Double.parseDouble(matcher.group(2)) > 0) {
        statuses.put(matcher.group(1), (long) Double.parseDouble(matcher.group(2)));
      }
    }
    return statuses;
  }
}
