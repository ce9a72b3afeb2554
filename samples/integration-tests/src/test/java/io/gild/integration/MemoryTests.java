package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.memory.LangChain4jTalk;
import com.acme.memory.SpringAiTalk;
import com.acme.memory.Talk;
import com.acme.memory.TalkMain;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.ModelRequest;
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
}
