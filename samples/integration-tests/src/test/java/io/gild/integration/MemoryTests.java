package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.child.CyclesMain;
import com.acme.memory.LangChain4jTalk;
import com.acme.memory.RememberingDesk;
import com.acme.memory.SpringAiTalk;
import com.acme.memory.SpringRememberingDesk;
import com.acme.memory.Talk;
import com.acme.memory.TalkMain;
import io.gild.core.spi.Clock;
import io.gild.javaagent.Attach;
import io.gild.memory.FolderSessionStore;
import io.gild.memory.SessionKey;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.ModelRequest;
import io.gild.testkit.RedisServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chat memories of unmodified applications, which are killed between two turns. */
class MemoryTests {

  /** A version of a framework in a JVM. */
  record Row(Class<? extends Talk> talk, List<String> coordinates, Jdk jdk) {

    @Override
    public String toString() {
      return talk.getSimpleName() + " " + coordinates.get(0) + " on " + jdk;
    }
  }

  private static final String IN_FOLDER =
      """
      mode: enforce
      prices:
        own-model: {input: 1, output: 1}
      memory: {session: {store: folder}}
      """;

  @TempDir Path folder;
  private final List<ModelRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private ModelProvider provider;

  static Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Jdk jdk : Jdk.all()) {
      rows.add(new Row(LangChain4jTalk.class, langChain4j("1.20.0", "1.19.0"), jdk));
      rows.add(new Row(SpringAiTalk.class, springAi("2.0.1"), jdk));
      if (jdk.feature() == Jdk.OLDEST) {
        rows.add(new Row(LangChain4jTalk.class, langChain4j("1.11.0", "1.11.0"), jdk));
        rows.add(new Row(SpringAiTalk.class, springAi("2.0.0"), jdk));
      }
    }
    return rows.stream();
  }

  /** One row for each framework, where versions make no difference. */
  static Stream<Row> frameworks() {
    return rows().limit(2);
  }

  static Stream<Row> langChain4j() {
    return rows().limit(1);
  }

  static Stream<Row> springAi() {
    return rows().skip(1).limit(1);
  }

  private static List<String> langChain4j(String core, String version) {
    return List.of(
        "dev.langchain4j:langchain4j-core:" + core,
        "dev.langchain4j:langchain4j:" + version,
        "dev.langchain4j:langchain4j-open-ai:" + version,
        "org.slf4j:slf4j-nop:2.0.17");
  }

  private static List<String> springAi(String version) {
    return List.of(
        "org.springframework.ai:spring-ai-openai:" + version,
        "org.springframework.ai:spring-ai-client-chat:" + version,
        "com.fasterxml.jackson.core:jackson-annotations:2.21", // as Boot manages it
        "org.slf4j:slf4j-nop:2.0.17");
  }

  @BeforeEach
  void serve() {
    provider = ModelProvider.builder().answers(this::answer).start();
  }

  private ModelAnswer answer(ModelRequest request) {
    requests.add(request);
    return request.lastText().contains("What time")
        ? ModelAnswer.toolCall("time", "{}")
        : ModelAnswer.text("answer to " + request.lastText());
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private Child.Builder application(Row row) {
    return Child.on(row.jdk())
        .classPath(ClassPaths.of(row.coordinates()))
        .main(TalkMain.class, row.talk().getName())
        .flags("-Dgild.data=" + folder.resolve("data"), "-Dtrace=" + Boolean.getBoolean("trace"))
        .provider(provider.openAiBaseUrl());
  }

  private Child start(Row row, String yaml) throws Exception {
    return application(row).agent("config=" + ConfigFile.of(yaml)).start();
  }

  /** Runs turns in a JVM of their own, which is then killed. */
  private void kill(Row row, String yaml, String... commands) throws Exception {
    try (Child child = start(row, yaml)) {
      for (String command : commands) {
        assertThat(child.ask(command)).doesNotStartWith("threw");
      }
      child.kill();
    }
  }

  /** Returns what the last request told the model, without its roles. */
  private List<String> lastRequest() {
    return requests.get(requests.size() - 1).messages().stream()
        .map(ModelRequest.Message::text)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void remembersAfterAKill(Row row) throws Exception {
    kill(row, IN_FOLDER, "say alice My name is Alice.", "say bob My name is Bob.");
    try (Child child = start(row, IN_FOLDER)) {
      assertThat(child.ask("say alice Who am I?")).isEqualTo("answer to Who am I?");
      assertThat(lastRequest())
          .containsExactly(
              "Be brief.", "My name is Alice.", "answer to My name is Alice.", "Who am I?");
      assertThat(child.end()).allMatch(line -> line.contains("places in model libraries"));
    }
  }

  @ParameterizedTest
  @MethodSource("frameworks")
  void remembersWithRedisToo(Row row) throws Exception {
    try (RedisServer redis =
        RedisServer.start(folder, "--appendonly", "yes", "--appendfsync", "always")) {
      String yaml = inRedis(redis);
      kill(row, yaml, "say alice My name is Alice.");
      try (Child child = start(row, yaml);
          Child other = start(row, yaml)) {
        child.ask("say alice Who am I?");
        assertThat(lastRequest()).contains("My name is Alice.", "answer to My name is Alice.");
        other.ask("say alice And now?");
        assertThat(lastRequest()).contains("My name is Alice.", "Who am I?", "And now?");
      }
    }
  }

  private static String inRedis(RedisServer redis) {
    return """
    mode: enforce
    prices:
      own-model: {input: 1, output: 1}
    memory:
      session: {store: redis}
      redis: {url: "%s", timeout: 1s}
    """
        .formatted(redis.url());
  }

  @ParameterizedTest
  @MethodSource("langChain4j")
  void remembersTheCallsOfToolsInOrder(Row row) throws Exception {
    kill(row, IN_FOLDER, "tool alice What time is it?");
    try (Child child = start(row, IN_FOLDER)) {
      child.ask("tool alice Thanks.");
      assertThat(lastRequest())
          .containsExactly(
              "Be brief.",
              "What time is it?",
              "",
              "It is noon.",
              "answer to It is noon.",
              "Thanks.");
      assertThat(requests.get(requests.size() - 1).toolResults())
          .singleElement()
          .matches(result -> result.toolCallId() != null);
    }
  }

  @ParameterizedTest
  @MethodSource("frameworks")
  void remembersStreamedAnswers(Row row) throws Exception {
    kill(row, IN_FOLDER, "stream alice My name is Alice.");
    try (Child child = start(row, IN_FOLDER)) {
      child.ask("share alice Who am I?");
      assertThat(lastRequest()).contains("My name is Alice.", "answer to My name is Alice.");
    }
  }

  @ParameterizedTest
  @MethodSource("springAi")
  void listsConversationsOfAnEarlierStart(Row row) throws Exception {
    kill(row, IN_FOLDER, "share alice Hello.", "share bob Hello.");
    try (Child child = start(row, IN_FOLDER)) {
      assertThat(child.ask("share carol Hello.")).isEqualTo("answer to Hello.");
      assertThat(child.ask("show all")).isEqualTo("alice bob carol");
    }
  }

  /** Turns belong to an agent; showing and removing a conversation do not. */
  private static final String WITH_AGENT =
      IN_FOLDER
          + """
          agents:
            - match: com.acme.memory.*Talk#s*a*e
              name: talk
            - match: com.acme.memory.*Talk#stream
              name: talk
          """;

  @ParameterizedTest
  @MethodSource("frameworks")
  void findsTheConversationOfAnAgentOutsideOfItsCalls(Row row) throws Exception {
    kill(row, WITH_AGENT, "stream alice My name is Alice.", "share alice Hello.");
    assertThat(sessions().sessions("")).contains(new SessionKey("", "talk", "alice"));
    try (Child child = start(row, WITH_AGENT)) {
      assertThat(child.ask("show alice").split(" ")).hasSizeGreaterThanOrEqualTo(4);
      child.ask("share alice Who am I?");
      assertThat(lastRequest())
          .contains("My name is Alice.", "answer to My name is Alice.", "Hello.", "Who am I?");
    }
    try (Child child = start(row, WITH_AGENT)) {
      assertThat(child.ask("remove alice x")).isEqualTo("done");
      child.ask("share alice Who am I?");
      assertThat(lastRequest()).doesNotContain("My name is Alice.");
      assertThat(child.ask("remove alice x")).isEqualTo("done");
      child.kill();
    }
    assertThat(sessions().sessions("")).isEmpty();
  }

  private FolderSessionStore sessions() {
    return FolderSessionStore.reading(folder.resolve("data").resolve("sessions"), Clock.SYSTEM);
  }

  @ParameterizedTest
  @MethodSource("frameworks")
  void keepsMessagesInTheFormOfTheAdapters(Row row) throws Exception {
    kill(row, IN_FOLDER, "share alice My name is Alice.");
    String data = row.talk() == LangChain4jTalk.class ? "langchain4j" : "spring-ai";
    assertThat(sessions().read(new SessionKey("", "", "alice")).messages())
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(message -> message.data().containsKey(data))
        .anyMatch(message -> message.text().equals("My name is Alice."));
  }

  @ParameterizedTest
  @MethodSource("frameworks")
  void losesNoTurnAmongManyAtOnce(Row row) throws Exception {
    kill(row, IN_FOLDER, "share alice Hello.", "both alice one two three four five six seven");
    try (Child child = start(row, IN_FOLDER)) {
      child.ask("share alice Go on.");
      assertThat(lastRequest())
          .contains("Hello.", "one", "two", "three", "four", "five", "six", "seven", "Go on.");
    }
  }

  @ParameterizedTest
  @MethodSource("frameworks")
  void explainsThatNothingIsKeptInObserveMode(Row row) throws Exception {
    String observed = IN_FOLDER.replace("enforce", "observe");
    kill(row, observed, "say alice My name is Alice.");
    try (Child child = start(row, observed)) {
      child.ask("say alice Who am I?");
      child.ask("say alice And now?");
      assertThat(lastRequest()).doesNotContain("My name is Alice.").contains("Who am I?");
      assertThat(child.end())
          .filteredOn(line -> line.contains("the mode is observe"))
          .singleElement()
          .asString()
          .contains("Set mode: enforce");
    }
    assertThat(folder.resolve("data").resolve("sessions")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("langChain4j")
  void givesNoOneTheConversationOfAMemoryWithoutAnId(Row row) throws Exception {
    kill(row, IN_FOLDER, "anonymous - My name is Alice.");
    try (Child child = start(row, IN_FOLDER)) {
      child.ask("anonymous - Who am I?");
      assertThat(lastRequest()).containsExactly("Who am I?");
      child.ask("anonymous - And now?");
      assertThat(lastRequest()).contains("Who am I?", "And now?");
      assertThat(child.end())
          .filteredOn(line -> line.contains("no id of its own"))
          .singleElement()
          .asString()
          .contains("stays in memory");
    }
  }

  private static final String COUNT = "HLEN gild:{::alice}:messages";
  private static final long LONGEST_NANOS = 60_000_000_000L;

  @ParameterizedTest
  @MethodSource("frameworks")
  void goesOnInMemoryWhileTheStoreFails(Row row) throws Exception {
    try (RedisServer redis =
        RedisServer.start(folder, "--appendonly", "yes", "--appendfsync", "always")) {
      String yaml = inRedis(redis);
      try (Child child = start(row, yaml)) {
        child.ask("share alice My name is Alice.");
        String kept = redis.command(COUNT);
        redis.kill();
        assertThat(child.ask("share alice I like tea.")).isEqualTo("answer to I like tea.");
        child.ask("share alice What do I like?");
        assertThat(lastRequest())
            .contains("My name is Alice.", "I like tea.", "answer to I like tea.");
        redis.restart();
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (redis.command(COUNT).equals(kept) && System.nanoTime() < deadline) {
          child.ask("show alice");
        }
        assertThat(child.ask("share alice Good.")).isEqualTo("answer to Good.");
        child.kill();
      }
      try (Child child = start(row, yaml)) {
        child.ask("share alice Who am I?");
        assertThat(lastRequest())
            .containsOnlyOnce("My name is Alice.", "I like tea.", "What do I like?", "Good.");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("frameworks")
  void keepsWhatWasSaidBeforeItWasAttached(Row row) throws Exception {
    try (Child child = application(row).flags("-XX:+EnableDynamicAgentLoading").start()) {
      child.ask("share alice My name is Alice.");
      Attach.attach(child.pid(), "config=" + ConfigFile.of(IN_FOLDER));
      child.ask("share alice I like tea.");
      assertThat(lastRequest()).contains("My name is Alice.", "I like tea.");
      Attach.attach(child.pid(), "detach");
      child.ask("share alice What do I like?");
      assertThat(lastRequest()).contains("My name is Alice.", "I like tea.", "What do I like?");
      child.kill();
    }
    try (Child child = start(row, IN_FOLDER)) {
      child.ask("share alice Who am I?");
      assertThat(lastRequest())
          .containsOnlyOnce("My name is Alice.", "I like tea.")
          .doesNotContain("What do I like?");
    }
  }

  @ParameterizedTest
  @MethodSource("frameworks")
  void keepsTheConversationsOfTenantsApart(Row row) throws Exception {
    String yaml =
        IN_FOLDER
            + """
            agents:
              - match: com.acme.memory.*AiTalk#serve
                name: talk
              - match: com.acme.memory.*4jTalk#serve
                name: talk
            """;
    kill(row, yaml, "serve acme We are Acme.", "serve other We are others.");
    assertThat(lastRequest()).doesNotContain("We are Acme.");
    try (Child child = start(row, yaml)) {
      child.ask("serve acme Who are we?");
      assertThat(lastRequest()).contains("We are Acme.").doesNotContain("We are others.");
      child.ask("serve other Who are we?");
      assertThat(lastRequest()).contains("We are others.").doesNotContain("We are Acme.");
    }
  }

  @ParameterizedTest
  @MethodSource("frameworks")
  void keepsOneMessageInMemoryThatHasNoOtherForm(Row row) throws Exception {
    try (Child child = start(row, IN_FOLDER)) {
      child.ask("share alice Hello.");
      String before = child.ask("show alice");
      child.ask("add alice");
      String added = child.ask("show alice");
      assertThat(added).startsWith(before + " ").matches(".* (CUSTOM|USER)");
      assertThat(child.ask("add alice")).isEqualTo("done");
      assertThat(child.ask("show alice")).hasSizeGreaterThan(added.length());
      assertThat(child.end())
          .filteredOn(line -> line.contains("cannot be kept in sessions stay in memory"))
          .hasSize(1);
    }
    try (Child child = start(row, IN_FOLDER)) {
      child.ask("share alice Who am I?");
      assertThat(lastRequest()).contains("Hello.", "answer to Hello.", "Who am I?");
      assertThat(child.ask("show alice")).doesNotContain("CUSTOM");
    }
  }

  @ParameterizedTest
  @MethodSource("frameworks")
  void undeployedApplicationLeavesNothingInMemory(Row row) throws Exception {
    Class<?> desk =
        row.talk() == LangChain4jTalk.class ? RememberingDesk.class : SpringRememberingDesk.class;
    List<String> libraries = new ArrayList<>(row.coordinates());
    libraries.addAll(langChain4j("1.20.0", "1.19.0")); // the server's own main class uses it
    try (Child child =
        application(row)
            .classPath(ClassPaths.of(libraries))
            .main(CyclesMain.class)
            .flags("-Ddesk=" + desk.getName())
            .agent("config=" + ConfigFile.of(IN_FOLDER))
            .start()) {
      assertThat(child.ask("remembering-deployments 5")).as("class loaders left").isEqualTo("0");
    }
    assertThat(sessions().read(new SessionKey("", "", "own")).messages())
        .filteredOn(message -> message.text().startsWith("question"))
        .hasSize(5);
  }
}
