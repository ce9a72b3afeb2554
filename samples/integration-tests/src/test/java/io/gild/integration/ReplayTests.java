package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.library.AdkDesk;
import com.acme.library.AnthropicDesk;
import com.acme.library.BedrockDesk;
import com.acme.library.Desk;
import com.acme.library.GeminiDesk;
import com.acme.library.LangChain4jDesk;
import com.acme.library.LibraryMain;
import com.acme.library.OpenAiDesk;
import com.acme.library.SpringAiDesk;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.ModelRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchanges of an application with models and tools are recorded, and replayed afterwards. */
class ReplayTests {

  private static final List<String> LANGCHAIN4J =
      List.of(
          "dev.langchain4j:langchain4j-core:1.20.0",
          "dev.langchain4j:langchain4j:1.19.0",
          "dev.langchain4j:langchain4j-open-ai:1.19.0",
          "org.slf4j:slf4j-nop:2.0.17");

  private static final List<String> OLD_LANGCHAIN4J =
      List.of(
          "dev.langchain4j:langchain4j-core:1.11.0",
          "dev.langchain4j:langchain4j:1.11.0",
          "dev.langchain4j:langchain4j-open-ai:1.11.0",
          "org.slf4j:slf4j-nop:2.0.17");

  private static final List<String> SPRING_AI =
      List.of(
          "org.springframework.ai:spring-ai-openai:2.0.1",
          "org.springframework.ai:spring-ai-client-chat:2.0.1",
          "com.fasterxml.jackson.core:jackson-annotations:2.21",
          "org.slf4j:slf4j-nop:2.0.17");

  private static final List<String> OPENAI = List.of("com.openai:openai-java:4.101.0");
  private static final List<String> OLD_OPENAI = List.of("com.openai:openai-java:4.0.0");

  private static final List<String> ANTHROPIC = List.of("com.anthropic:anthropic-java:3.12.0");

  private static final String DESK =
      """
      agents:
        - match: com.acme.library.*Desk#*
          name: desk
      """;

  @TempDir Path folder;

  /**
   * An application.
   *
   * @param desk its agent
   * @param library its dependencies
   * @param ways how it calls models
   * @param runsTools whether its library runs the tool
   * @param jdk runs it
   */
  record App(
      Class<? extends Desk> desk,
      List<String> library,
      List<String> ways,
      boolean runsTools,
      Jdk jdk) {

    String url(ModelProvider provider) {
      return desk.getSimpleName().matches("(OpenAi|LangChain4j|SpringAi)Desk")
          ? provider.openAiBaseUrl()
          : provider.baseUrl();
    }

    List<String> questions() {
      List<String> questions = new ArrayList<>();
      for (String way : ways) {
        questions.add(way + (way.equals("tool") ? " What time is it?" : " How are you?"));
        questions.add(way + (way.equals("tool") ? " What time is it in Rome?" : " Who are you?"));
      }
      return questions;
    }

    @Override
    public String toString() {
      return library.get(0) + " on " + jdk;
    }
  }

  static Stream<App> apps() {
    List<String> all = List.of("chat", "async", "stream", "push", "tool", "embed", "other");
    List<String> common = List.of("chat", "stream", "tool");
    List<String> most = List.of("chat", "async", "stream", "push", "tool");
    List<String> spring = List.of("chat", "stream", "tool", "other");
    List<App> apps = new ArrayList<>();
    apps.add(new App(LangChain4jDesk.class, OLD_LANGCHAIN4J, common, true, Jdk.own()));
    apps.add(new App(OpenAiDesk.class, OLD_OPENAI, all, false, Jdk.own()));
    for (Jdk jdk : Jdk.all()) {
      apps.add(new App(LangChain4jDesk.class, LANGCHAIN4J, common, true, jdk));
      apps.add(new App(SpringAiDesk.class, SPRING_AI, spring, true, jdk));
      apps.add(new App(OpenAiDesk.class, OPENAI, all, false, jdk));
      apps.add(new App(AnthropicDesk.class, ANTHROPIC, most, false, jdk));
    }
    return apps.stream();
  }

  private static ModelAnswer answer(ModelRequest request) {
    if (request.lastText().contains("What time")) {
      return ModelAnswer.toolCall("time", "{}");
    }
    return request.lastText().contains("noon")
        ? ModelAnswer.text("It is noon.")
        : ModelAnswer.text("[" + request.model() + "] says to you: " + request.lastText());
  }

  private static ModelProvider provider() {
    return ModelProvider.builder().answers(ReplayTests::answer).start();
  }

  private Path cassette() {
    return folder.resolve("cassette.jsonl");
  }

  private Child start(App app, String provider, String option, String... flags) throws Exception {
    return Child.on(app.jdk())
        .classPath(ClassPaths.of(app.library()))
        .main(LibraryMain.class, app.desk().getName())
        .flags("-Dseam=|")
        .flags(flags)
        .agent("config=" + ConfigFile.of(DESK) + (option.isEmpty() ? "" : "," + option))
        .provider(provider)
        .start();
  }

  /** Records an application's answers. */
  private List<String> record(App app, ModelProvider provider, List<String> questions)
      throws Exception {
    List<String> answers = new ArrayList<>();
    try (Child child = start(app, app.url(provider), "record=" + cassette())) {
      for (String question : questions) {
        answers.add(child.ask(question));
      }
      assertThat(child.end()).noneMatch(line -> line.contains("steps aside"));
    }
    return answers;
  }

  @ParameterizedTest
  @MethodSource("apps")
  void replayReturnsTheRecordedAnswersAndRunsNoTool(App app) throws Exception {
    List<String> recorded;
    String url;
    try (ModelProvider provider = provider()) {
      url = app.url(provider);
      recorded = record(app, provider, app.questions());
      assertThat(recorded).noneMatch(answer -> answer.startsWith("threw"));
    }
    assertThat(recorded.get(app.ways().indexOf("stream") * 2)).matches(".*\\|.*\\|.*");

    try (Child child = start(app, url, "replay=" + cassette())) {
      List<String> replayed = new ArrayList<>();
      for (String question : app.questions()) {
        replayed.add(child.ask(question));
      }
      assertThat(replayed).isEqualTo(recorded);
      assertThat(child.ask("tool-runs ")).isEqualTo("0");
      assertThat(child.end()).noneMatch(line -> line.contains("steps aside"));
    }
  }

  static Stream<App> newestApps() {
    return apps().skip(2).limit(4);
  }

  @Portable
  @ParameterizedTest
  @MethodSource("newestApps")
  void namesTheFieldOfTheFirstDifference(App app) throws Exception {
    try (ModelProvider provider = provider()) {
      record(app, provider, List.of("chat How are you?"));
      int served = provider.requests().size();

      try (Child child = start(app, app.url(provider), "replay=" + cassette())) {
        assertThat(child.ask("chat How is she?"))
            .startsWith("threw ")
            .contains("exchange 1: /messages/0/content")
            .contains(": recorded \"How are you?\", asked \"How is she?\"");
        assertThat(lines(child.end())).contains("exchange 1: /messages/0/content");
      }
      assertThat(provider.requests()).hasSize(served);
    }
  }

  /** All clients are in one application, which replays an empty cassette. */
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class AnApplicationWithEveryClient {

    private final ModelProvider provider = provider();
    private Child child;

    @BeforeAll
    void start(@TempDir Path own) throws Exception {
      Path empty = own.resolve("empty.jsonl");
      Files.writeString(empty, "{\"gild-cassette\":1,\"session\":\"s\"}\n");
      String yaml = "observability: {model-hosts: [127.0.0.1]}";
      child =
          Child.on(Jdk.own())
              .agent("config=" + ConfigFile.of(yaml) + ",replay=" + empty)
              .provider(provider.openAiBaseUrl())
              .start();
    }

    @AfterAll
    void stop() {
      child.close();
      provider.close();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "JdkBlocking",
          "JdkAsync",
          "UrlConnection",
          "OkHttpBlocking",
          "OkHttpAsync",
          "Apache5",
          "Apache5Async",
          "Apache4",
          "ReactorNettyClient",
          "AwsNettyClient"
        })
    void noClientReachesAModelInAReplay(String client) throws Exception {
      assertThat(child.ask("http " + client + " hello")).startsWith("failed ");
      assertThat(provider.requests()).isEmpty();
    }
  }

  private static String lines(List<String> lines) {
    return lines.stream().collect(Collectors.joining("\n"));
  }

  /**
   * An application whose library is not recorded.
   *
   * @param methods the library's method that each way calls
   */
  record Unrecorded(App app, List<String> methods) {

    static Unrecorded of(Class<? extends Desk> desk, String library, String... methods) {
      List<String> libraries = List.of(library, "org.slf4j:slf4j-nop:2.0.17");
      List<String> ways = List.of("chat", "stream");
      return new Unrecorded(new App(desk, libraries, ways, false, Jdk.own()), List.of(methods));
    }

    @Override
    public String toString() {
      return app.toString();
    }
  }

  static Stream<Unrecorded> unrecorded() {
    String bedrock = "software.amazon.awssdk.services.bedrockruntime.Bedrock";
    return Stream.of(
        Unrecorded.of(
            AdkDesk.class,
            "com.google.adk:google-adk:1.8.0",
            "com.google.adk.models.BaseLlm#generateContent",
            "com.google.adk.models.BaseLlm#generateContent"),
        Unrecorded.of(
            GeminiDesk.class,
            "com.google.genai:google-genai:1.70.0",
            "com.google.genai.Models#generateContent",
            "com.google.genai.Models#generateContentStream"),
        Unrecorded.of(
            BedrockDesk.class,
            "software.amazon.awssdk:bedrockruntime:2.54.14",
            bedrock + "RuntimeClient#converse",
            bedrock + "RuntimeClient#converseStream"));
  }

  @ParameterizedTest
  @MethodSource("unrecorded")
  void namesALibraryThatIsNotRecordedAndRefusesItInAReplay(Unrecorded row) throws Exception {
    App app = row.app();
    try (ModelProvider provider = provider()) {
      try (Child child = start(app, app.url(provider), "record=" + cassette())) {
        for (String question : app.questions()) {
          assertThat(child.ask(question)).contains(question.substring(question.indexOf(' ') + 1));
        }
        assertThat(child.end().stream().filter(line -> line.contains("ecord")))
            .containsExactlyElementsOf(
                row.methods().stream()
                    .distinct()
                    .map(method ->
                        "[gild] record: Gild does not record "
                            + method
                            + "; its calls are sent, the cassette lacks them, and a replay"
                            + " refuses them.")
                    .toList());
      }
      assertThat(Files.readString(cassette())).doesNotContain("\"request\"");

      int served = provider.requests().size();
      try (Child child = start(app, app.url(provider), "replay=" + cassette())) {
        for (int i = 0; i < app.ways().size(); i++) {
          assertThat(child.ask(app.ways().get(i) + " How are you?"))
              .startsWith("threw ")
              .endsWith(
                  "replay: Gild does not record "
                      + row.methods().get(i)
                      + ", so it cannot replay it");
        }
      }
      assertThat(provider.requests()).hasSize(served);
    }
  }

  @Portable
  @Test
  void missingCassetteRefusesEveryRequest() throws Exception {
    App app = new App(LangChain4jDesk.class, LANGCHAIN4J, List.of("chat"), true, Jdk.own());
    try (ModelProvider provider = provider()) {
      try (Child child = start(app, app.url(provider), "replay=" + cassette())) {
        assertThat(child.ask("chat How are you?")).contains("cannot read the cassette");
        assertThat(lines(child.end())).contains("cannot read the cassette " + cassette());
      }
      assertThat(provider.requests()).isEmpty();
    }
  }
}
