package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.library.Desk;
import com.acme.library.LangChain4jOllamaDesk;
import io.gild.testkit.ModelProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LangChain4jOllamaLibraryTests extends LibraryContract {

  @Override
  Class<? extends Desk> desk() {
    return LangChain4jOllamaDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(of("1.11.0"), of("1.18.1"));
  }

  private static List<String> of(String version) {
    return List.of(
        "dev.langchain4j:langchain4j-ollama:" + version,
        "dev.langchain4j:langchain4j:" + version,
        "org.slf4j:slf4j-nop:2.0.17");
  }

  @Override
  String url(ModelProvider served) {
    return served.baseUrl();
  }

  @Override
  Set<Way> ways() {
    return EnumSet.of(Way.CHAT, Way.STREAM, Way.TOOL);
  }

  @Override
  boolean runsTools() {
    return true;
  }

  /** The old version does not report the tokens of an embedding. */
  @ParameterizedTest
  @MethodSource("rows")
  void countsEmbeddings(Row row) throws Exception {
    boolean counts = row.equals(row(versions().get(1), row.jdk()));
    try (Turn turn = start(row, 3, everySecond(), OBSERVED)) {
      assertThat(turn.ask(Way.EMBED.asking("a text"))).isEqualTo("256");
      turn.end();
      assertThat(report().json().path("httpAttempts").asInt()).isEqualTo(2);
      assertThat(report().json().path("models").path("own-model").path("inputTokens").asInt())
          .isEqualTo(counts ? provider.requests().get(1).promptTokens() : 0);
    }
  }
}
