package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.javaagent.Attach;
import io.gild.testkit.ModelProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The console of an unmodified application that the javaagent governs. */
class ConsoleTests {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path data;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  private String settings(String console) {
    return """
    mode: enforce
    data: %s
    %s
    agents:
      - match: com.acme.child.ModelDesk#answer
        name: desk
        circuit-breaker: {}
    """
        .formatted(data, console);
  }

  private @Nullable String file() throws IOException {
    Path folder = data.resolve("console");
    if (!Files.isDirectory(folder)) {
      return null;
    }
    try (Stream<Path> files = Files.list(folder)) {
      Path file = files.findFirst().orElse(null);
      return file == null ? null : Files.readString(file);
    }
  }

  private String url() throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    String content = file();
    while (content == null) {
      assertThat(Instant.now()).as("no console in %s", data).isBefore(deadline);
      Thread.sleep(20);
      content = file();
    }
    return String.valueOf(map(Json.read(content)).get("url"));
  }

  private static Map<?, ?> map(@Nullable Object value) {
    assertThat(value).isInstanceOf(Map.class);
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private HttpResponse<String> get(String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private Map<?, ?> json(String url) throws Exception {
    HttpResponse<String> response = get(url);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return map(Json.read(response.body()));
  }

  private static Child child(Jdk jdk, ModelProvider provider, String... flags) throws IOException {
    return Child.on(jdk)
        .flags("-XX:+EnableDynamicAgentLoading")
        .flags(flags)
        .provider(provider.openAiBaseUrl())
        .start();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void showsTheTreeOfACallAndLeavesNoThreadBehind(Jdk jdk) throws Exception {
    try (ModelProvider provider = ModelProvider.builder().start();
        Child child = child(jdk, provider)) {
      Attach.attach(child.pid(), "config=" + ConfigFile.of(settings("console: {port: 0}")));
      assertThat(child.ask("chat one")).contains("one");
      String url = url();

      assertThat(get(url + "/").body()).contains("<title>Gild");
      Map<?, ?> calls = json(url + "/v1/calls?agent=desk");
      assertThat(calls.get("matched")).isEqualTo(1L);
      Map<?, ?> call = map(((List<?>) calls.get("rows")).get(0));
      Map<?, ?> tree = json(url + "/v1/calls/" + call.get("jvm") + "/" + call.get("id"));
      Map<?, ?> spans = map(tree.get("spans"));
      assertThat(spans.get("kind")).isEqualTo(List.of(0L, 1L, 4L));
      assertThat(spans.get("parent")).isEqualTo(List.of(-1L, 0L, 1L));
      assertThat(tree.get("strings"))
          .isEqualTo(List.of("desk.answer", "own-model", "HTTP 127.0.0.1"));
      assertThat(json(url + "/v1/state").get("controls").toString())
          .contains("circuitbreaker/desk.answer");

      Attach.attach(child.pid(), "detach");
      assertThat(child.ask("chat two")).contains("two");
      assertThat(file()).isNull();
      awaitNoThread(jdk, child.pid());
      child.end();
    }
  }

  private static void awaitNoThread(Jdk jdk, String pid) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (threads(jdk, pid).contains("\"gild-console")) {
      assertThat(Instant.now()).as("threads of the console").isBefore(deadline);
      Thread.sleep(100);
    }
  }

  private static String threads(Jdk jdk, String pid) throws Exception {
    Process process =
        new ProcessBuilder(jdk.home().resolve("bin/jcmd").toString(), pid, "Thread.print").start();
    String threads = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(threads).contains("\"main\"");
    return threads;
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void isSwitchedOnWhileTheApplicationRuns(Jdk jdk) throws Exception {
    try (ModelProvider provider = ModelProvider.builder().start();
        Child child = child(jdk, provider)) {
      Attach.attach(child.pid(), "config=" + ConfigFile.of(settings("")));
      assertThat(child.ask("chat one")).contains("one");
      assertThat(file()).isNull();

      Attach.attach(child.pid(), "console");
      String url = url();
      assertThat(child.ask("chat two")).contains("two");
      assertThat(json(url + "/v1/calls?agent=desk").get("matched")).isEqualTo(1L);
      child.end();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void needsNoModuleThatTheApplicationDoesNotHave(Jdk jdk) throws Exception {
    try (ModelProvider provider = ModelProvider.builder().start();
        Child child =
            child(
                jdk,
                provider,
                "--limit-modules=java.se,jdk.unsupported,jdk.attach,java.instrument")) {
      Attach.attach(child.pid(), "config=" + ConfigFile.of(settings("console: {port: 0}")));
      assertThat(child.ask("chat one")).contains("one");
      assertThat(child.end()).anyMatch(line -> line.contains("needs the JDK's module"));
    }
  }
}
