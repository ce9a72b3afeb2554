package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.child.ChildMain;
import com.acme.library.Desk;
import com.acme.library.LangChain4jDesk;
import com.acme.library.LibraryMain;
import com.acme.library.OpenAiDesk;
import com.acme.library.PooledDesk;
import com.acme.library.ServiceMain;
import com.acme.web.AsyncController;
import com.acme.web.CallableController;
import com.acme.web.ClientController;
import com.acme.web.ModelController;
import com.acme.web.ServiceController;
import com.acme.web.WebMain;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.ModelRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The inventory of unconfigured applications, compared with the served requests. */
class InventoryTests {

  private static final List<String> LANGCHAIN4J =
      List.of(
          "dev.langchain4j:langchain4j-core:1.19.0",
          "dev.langchain4j:langchain4j:1.19.0",
          "dev.langchain4j:langchain4j-open-ai:1.19.0",
          "org.slf4j:slf4j-nop:2.0.17");
  private static final List<String> REACTIVE_LANGCHAIN4J =
      Stream.concat(
              LANGCHAIN4J.stream(), Stream.of("dev.langchain4j:langchain4j-reactor:1.10.0-beta18"))
          .toList();
  private static final List<String> SPRING_AI =
      List.of(
          "org.springframework.ai:spring-ai-openai:2.0.1",
          "org.springframework.ai:spring-ai-client-chat:2.0.1",
          "com.fasterxml.jackson.core:jackson-annotations:2.21"); // as Boot manages it
  private static final List<String> WEB =
      List.of(
          "org.springframework:spring-webflux:7.0.9",
          "org.springframework:spring-context:7.0.9",
          "io.projectreactor.netty:reactor-netty-http:1.2.10",
          "org.slf4j:slf4j-nop:2.0.17");
  private static final List<String> OPENAI = List.of("com.openai:openai-java:4.101.0");

  @TempDir Path folder;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  static Stream<Arguments> desks() {
    return Stream.of(
        Arguments.of(LangChain4jDesk.class, LANGCHAIN4J, "langchain4j-open-ai 1.19.0"),
        Arguments.of(OpenAiDesk.class, OPENAI, "openai-java-core 4.101.0"));
  }

  private static ModelProvider.Builder provider() {
    return ModelProvider.builder().answers(InventoryTests::answer);
  }

  private static ModelAnswer answer(ModelRequest request) {
    return request.lastText().contains("refund")
        ? ModelAnswer.toolCall("send_refund", "{}")
        : ModelAnswer.text("answer to " + request.lastText());
  }

  private static List<String> application(
      Class<? extends Desk> desk, List<String> coordinates, String... flags) {
    return program(LibraryMain.class, desk, coordinates, flags);
  }

  private static List<String> program(
      Class<?> main, Class<?> agent, List<String> coordinates, String... flags) {
    List<String> command = new ArrayList<>(List.of(Jdk.own().java()));
    command.addAll(List.of(flags));
    command.addAll(
        List.of(
            "-cp",
            Path.of("target/test-classes").toAbsolutePath()
                + File.pathSeparator
                + ClassPaths.of(coordinates),
            main.getName(),
            agent.getName()));
    return command;
  }

  /** The proposed limit depends on the load of the machine, which must not affect the test. */
  private void allowMoreTime() throws IOException {
    String proposed = Files.readString(yaml());
    assertThat(proposed).contains("time-limit: {timeout-duration: ");
    Files.writeString(
        yaml(), proposed.replaceAll("timeout-duration: [^}]+", "timeout-duration: 20m"));
  }

  /** Starts the same with the proposed settings except their time limit. */
  private Child enforcing(
      ModelProvider provider,
      Report report,
      Class<?> main,
      Class<?> agent,
      List<String> coordinates)
      throws Exception {
    allowMoreTime();
    return Child.on(Jdk.own())
        .classPath(ClassPaths.of(coordinates))
        .main(main, agent.getName())
        .flags(report.flag())
        .agent("mode=enforce,config=" + yaml())
        .provider(provider.openAiBaseUrl())
        .start();
  }

  private List<String> watching(List<String> command) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("--json", json().toString(), "--yaml", yaml().toString(), "--"));
    all.addAll(command);
    return all;
  }

  private Path json() {
    return folder.resolve("inventory.json");
  }

  private Path yaml() {
    return folder.resolve("gild.yaml");
  }

  private JsonNode inventory() throws Exception {
    return new ObjectMapper().readTree(json().toFile());
  }

  /** Forty questions, each asked three times. */
  private static List<String> questions() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      lines.add("chat question " + i % 40);
    }
    return lines;
  }

  /** One of ten requests fails. */
  private static Faults everyTenth() {
    Fault[] faults = new Fault[400];
    for (int i = 0; i < faults.length; i++) {
      faults[i] = i % 10 == 9 ? Fault.STATUS_500 : Fault.OK;
    }
    return Faults.script(faults);
  }

  private InventoryRun.Outcome watch(
      ModelProvider provider, List<String> command, List<String> lines) throws Exception {
    try (InventoryRun run = InventoryRun.start(provider.openAiBaseUrl(), watching(command))) {
      lines.forEach(run::say);
      return run.end();
    }
  }

  @ParameterizedTest
  @MethodSource("desks")
  void countsTheServedRequests(Class<? extends Desk> desk, List<String> coordinates, String library)
      throws Exception {
    try (ModelProvider provider = provider().faults(everyTenth()).start()) {
      InventoryRun.Outcome outcome = watch(provider, application(desk, coordinates), questions());

      assertThat(outcome.status()).as(outcome.errors()).isZero();
      JsonNode agent = inventory().path("agents").path(0);
      assertThat(agent.path("entry").asText()).isEqualTo(desk.getName() + "#chat");
      JsonNode place = agent.path("places").path(0);
      assertThat(place.path("library").asText()).isEqualTo(library);
      assertThat(place.path("calls").asInt()).isEqualTo(120);
      assertThat(place.path("httpRequests").asInt()).isEqualTo(provider.requests().size());
      assertThat(place.path("failed").asLong()).isEqualTo(failed(provider));
      assertThat(place.path("repeats").asLong()).isEqualTo(repeats(provider));
      JsonNode model = place.path("models").path(0);
      assertThat(model.path("model").asText()).isEqualTo("own-model");
      assertThat(model.path("inputTokens").asLong())
          .isEqualTo(tokens(provider, LoggedRequest::promptTokens));
      assertThat(model.path("outputTokens").asLong())
          .isEqualTo(tokens(provider, LoggedRequest::completionTokens));
      assertThat(inventory().toString() + outcome.out().replaceAll("(?m)^answer to.*$", ""))
          .as("neither questions nor answers")
          .doesNotContain("question 1", "answer to");
    }
  }

  private static long tokens(ModelProvider provider, ToLongFunction<LoggedRequest> of) {
    return provider.requests().stream().filter(LoggedRequest::succeeded).mapToLong(of).sum();
  }

  private static long failed(ModelProvider provider) {
    return provider.requests().stream().filter(request -> !request.succeeded()).count();
  }

  private static long repeats(ModelProvider provider) {
    List<LoggedRequest> answered =
        provider.requests().stream().filter(LoggedRequest::succeeded).toList();
    return answered.size() - answered.stream().map(LoggedRequest::promptHash).distinct().count();
  }

  static Stream<Arguments> mains() {
    return Stream.of(
        Arguments.of(LibraryMain.class, LangChain4jDesk.class, LANGCHAIN4J),
        Arguments.of(LibraryMain.class, OpenAiDesk.class, OPENAI),
        Arguments.of(LibraryMain.class, dev.langchain4j.example.OwnDesk.class, LANGCHAIN4J),
        Arguments.of(LibraryMain.class, com.google.acme.OwnDesk.class, LANGCHAIN4J),
        Arguments.of(LibraryMain.class, PooledDesk.class, LANGCHAIN4J),
        Arguments.of(ServiceMain.class, ServiceMain.Assistant.class, LANGCHAIN4J));
  }

  @ParameterizedTest
  @MethodSource("mains")
  void proposesSettingsThatGovernTheSameApplication(
      Class<?> main, Class<?> desk, List<String> coordinates) throws Exception {
    try (ModelProvider provider = provider().faults(everyTenth()).start()) {
      watch(provider, program(main, desk, coordinates), questions());
      assertThat(inventory().path("agents").findValuesAsText("entry"))
          .containsExactly(desk.getName() + "#chat");
    }
    Report report = Report.create();
    try (ModelProvider provider = provider().faults(everyTenth()).start();
        Child child = enforcing(provider, report, main, desk, coordinates)) {
      for (String question : questions()) {
        assertThat(child.ask(question)).isEqualTo("answer to " + question.substring(5));
      }
      assertThat(child.end()).anyMatch(line -> line.contains("declared 1, woven 1"));
      assertThat(provider.requests()).hasSize(40 + (int) failed(provider));
      assertThat(failed(provider)).isPositive();
      assertThat(report.json().path("cache").path("hits").asInt()).isEqualTo(80);
      assertThat(report.json().path("retries").asLong()).isEqualTo(failed(provider));
      report.assertEquals(provider.requests());
    }
  }

  static Stream<Arguments> controllers() {
    return Stream.of(
        Arguments.of(ModelController.class, SPRING_AI),
        Arguments.of(ClientController.class, SPRING_AI),
        Arguments.of(CallableController.class, SPRING_AI),
        Arguments.of(AsyncController.class, OPENAI),
        Arguments.of(ServiceController.class, REACTIVE_LANGCHAIN4J));
  }

  @ParameterizedTest
  @MethodSource("controllers")
  void proposesSettingsForAControllerThatReturnsAPublisher(
      Class<?> controller, List<String> library) throws Exception {
    List<String> coordinates = Stream.concat(library.stream(), WEB.stream()).toList();
    try (ModelProvider provider = provider().faults(everyTenth()).start()) {
      watch(provider, program(WebMain.class, controller, coordinates), questions());

      assertThat(inventory().path("agents").findValuesAsText("entry"))
          .containsExactly(controller.getName() + "#chat");
      assertThat(inventory().path("calls").asInt()).isEqualTo(120);
    }
    Report report = Report.create();
    try (ModelProvider provider = provider().faults(everyTenth()).start();
        Child child = enforcing(provider, report, WebMain.class, controller, coordinates)) {
      for (String question : questions()) {
        assertThat(child.ask(question)).isEqualTo("answer to " + question.substring(5));
      }
      assertThat(child.end()).anyMatch(line -> line.contains("declared 1, woven 1"));
      assertThat(failed(provider)).isPositive();
      assertThat(report.json().path("calls").asInt()).as("the controller's").isEqualTo(120);
      assertThat(report.json().path("retries").asLong()).isEqualTo(failed(provider));
      report.assertEquals(provider.requests());
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void proposesSettingsForAFluxOfSpringMvc(Jdk jdk) throws Exception {
    List<String> questions = questions().subList(0, 60);
    try (ModelProvider provider = provider().start();
        SpringBoot application =
            SpringBoot.start(
                jdk, provider.openAiBaseUrl(), List.of("-XX:+EnableDynamicAgentLoading"));
        InventoryRun run = InventoryRun.start("none", watchingProcess(application.pid()))) {
      run.awaitError("watching process " + application.pid());
      for (String question : questions) {
        application.ask("stream", question);
      }
      run.say("");
      run.end();

      assertThat(inventory().path("agents").findValuesAsText("entry"))
          .containsExactly("com.acme.support.SupportController#stream");
      assertThat(inventory().path("agents").path(0).path("places").findValuesAsText("site"))
          .containsExactly("com.acme.support.SupportAgent#stream");
      assertThat(inventory().path("calls").asInt()).isEqualTo(questions.size());
      assertThat(application.ask("stream", "afterwards")).isEqualTo("answer to afterwards");
    }
    Report report = Report.create();
    allowMoreTime();
    String agent = "-javaagent:" + Child.agentJar() + "=mode=enforce,config=" + yaml();
    try (ModelProvider provider = provider().start();
        SpringBoot application =
            SpringBoot.start(jdk, provider.openAiBaseUrl(), List.of(agent, report.flag()))) {
      for (String question : questions) {
        assertThat(application.ask("stream", question)).isEqualTo("answer to " + question);
      }
      assertThat(application.end()).anyMatch(line -> line.contains("declared 1, woven 1"));
      assertThat(report.json().path("calls").asInt()).isEqualTo(questions.size());
      report.assertEquals(provider.requests());
    }
  }

  private List<String> watchingProcess(String pid) {
    return List.of("--json", json().toString(), "--yaml", yaml().toString(), pid);
  }

  @Portable
  @Test
  void findsExistingRetries() throws Exception {
    Fault[] faults = new Fault[200];
    for (int i = 0; i < faults.length; i++) {
      faults[i] = i % 3 == 2 ? Fault.OK : Fault.STATUS_500;
    }
    try (ModelProvider provider = provider().faults(Faults.script(faults)).start()) {
      List<String> command = application(LangChain4jDesk.class, LANGCHAIN4J, "-Dretries=2");
      watch(provider, command, List.of("chat one", "chat two"));

      JsonNode agent = inventory().path("agents").path(0);
      assertThat(agent.path("places").path(0).path("httpRequests").asInt())
          .isEqualTo(provider.requests().size());
      assertThat(agent.path("places").path(0).path("retryLayers").asText())
          .isEqualTo("1 layer, 3 possible attempts");
      assertThat(agent.path("proposals").findValuesAsText("policy"))
          .contains("circuit-breaker")
          .doesNotContain("retry");
    }
  }

  @Test
  void namesTheMethodWhoseTaskCallsAModelOnAnotherThread() throws Exception {
    try (ModelProvider provider = provider().start()) {
      List<String> command = application(PooledDesk.class, LANGCHAIN4J);
      watch(provider, command, List.of("chat one", "async two", "other three"));

      String desk = PooledDesk.class.getName();
      assertThat(inventory().path("agents").findValuesAsText("entry"))
          .containsExactlyInAnyOrder(desk + "#chat", desk + "#async", desk + "$PooledTask#call");
    }
  }

  @Portable
  @Test
  void namesToolsWithLikelySideEffects() throws Exception {
    try (ModelProvider provider = provider().start()) {
      List<String> command = application(OpenAiDesk.class, OPENAI);
      watch(provider, command, List.of("tool refund me", "chat hello"));

      assertThat(inventory().path("sideEffects").toString()).isEqualTo("[\"send_refund\"]");
      assertThat(Files.readString(yaml()))
          .contains("- {match: send_refund, effect: side-effect}")
          .contains("to be confirmed");
    }
  }

  @Test
  void watchesJvmsThatTheCommandStarts() throws Exception {
    String java =
        application(OpenAiDesk.class, OPENAI).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    try (ModelProvider provider = provider().start()) {
      watch(provider, List.of("sh", "-c", java + "; true"), List.of("chat hello"));

      assertThat(inventory().path("calls").asInt()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void watchesAProcessWithoutChangingIt(Jdk jdk) throws Exception {
    try (ModelProvider provider = provider().start();
        Child child =
            Child.on(jdk)
                .flags("-XX:+EnableDynamicAgentLoading")
                .classPath(ClassPaths.of(LANGCHAIN4J))
                .main(LibraryMain.class, LangChain4jDesk.class.getName())
                .provider(provider.openAiBaseUrl())
                .start();
        InventoryRun run =
            InventoryRun.start("none", List.of("--json", json().toString(), child.pid()))) {
      run.awaitError("watching process " + child.pid());
      for (String line : questions().subList(0, 5)) {
        child.ask(line);
      }
      run.say("");
      InventoryRun.Outcome outcome = run.end();

      assertThat(outcome.status()).as(outcome.errors()).isZero();
      assertThat(outcome.out()).contains("5 model calls at 1 place of 1 agent, 5 HTTP requests");
      assertThat(inventory().path("agents").path(0).path("entry").asText())
          .isEqualTo("com.acme.library.LangChain4jDesk#chat");
      assertThat(child.ask("chat afterwards")).isEqualTo("answer to afterwards");
      assertThat(provider.requests()).hasSize(6);
    }
  }

  private Child watched(ModelProvider provider) throws Exception {
    return Child.on(Jdk.own())
        .flags("-XX:+EnableDynamicAgentLoading")
        .classPath(ClassPaths.of(LANGCHAIN4J))
        .main(LibraryMain.class, LangChain4jDesk.class.getName())
        .provider(provider.openAiBaseUrl())
        .start();
  }

  @Test
  void reportsItsFindingsWhenItIsInterrupted() throws Exception {
    try (ModelProvider provider = provider().start();
        Child child = watched(provider);
        InventoryRun run =
            InventoryRun.start("none", List.of("--json", json().toString(), child.pid()))) {
      run.awaitError("watching process " + child.pid());
      child.ask("chat one");
      run.interrupt();
      run.end();

      assertThat(inventory().path("calls").asInt()).isEqualTo(1);
      assertThat(child.ask("chat afterwards")).isEqualTo("answer to afterwards");
    }
  }

  @Portable
  @Test
  void endsAtItsTimeout() throws Exception {
    try (ModelProvider provider = provider().start();
        Child child = watched(provider);
        InventoryRun run =
            InventoryRun.start(
                "none", List.of("--for=5s", "--json", json().toString(), child.pid()))) {
      int asked = 0;
      while (run.runs()) {
        child.ask("chat " + asked++);
      }
      InventoryRun.Outcome outcome = run.end();

      assertThat(outcome.status()).as(outcome.errors()).isZero();
      assertThat(inventory().path("calls").asInt()).isBetween(1, asked);
      assertThat(child.ask("chat afterwards")).isEqualTo("answer to afterwards");
    }
  }

  @Portable
  @Test
  void reportsThatNoRequestWasSeen() throws Exception {
    List<String> command =
        List.of(
            Jdk.own().java(),
            "-cp",
            Path.of("target/test-classes").toAbsolutePath().toString(),
            ChildMain.class.getName());
    try (InventoryRun run = InventoryRun.start("none", watching(command))) {
      InventoryRun.Outcome outcome = run.end();

      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.errors())
          .containsPattern("gild: no model call was seen in \\d.* s; libraries found: none");
      assertThat(json()).doesNotExist();
    }
  }

  @Portable
  @Test
  void reportsWhyItCannotWatch() throws Exception {
    assertThat(refused("999999999")).contains("there is no process 999999999");
    assertThat(refused("--", "jav", "-version")).contains("cannot start \"jav\"");
    assertThat(refused("--", "false"))
        .contains("the command ended with status 1 after")
        .contains("no JVM of it reported anything");
    assertThat(refused("--for", "soon", "4711")).contains("--for").contains("must be a duration");
    assertThat(refused()).contains("needs a process id, or a command");
  }

  private static String refused(String... arguments) throws Exception {
    try (InventoryRun run = InventoryRun.start("none", List.of(arguments))) {
      InventoryRun.Outcome outcome = run.end();
      assertThat(outcome.status()).isPositive();
      return outcome.errors();
    }
  }
}
