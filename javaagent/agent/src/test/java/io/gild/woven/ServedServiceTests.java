package io.gild.woven;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Assistant;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import io.gild.a2a.client.A2aClient;
import io.gild.testkit.ModelProvider;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An AI service of LangChain4j, which the application has not called yet. */
class ServedServiceTests {

  private static final String SERVED =
      """
      mode: enforce
      a2a:
        serve:
          - {match: com.acme.Assistant#answer, name: assistant}
      """;

  private static final String SERVES = "serves agent assistant at ";
  private static final long LONGEST_NANOS = 60_000_000_000L;

  @Test
  void isServedOnceItIsMade() throws Exception {
    try (ModelProvider provider = ModelProvider.builder().start();
        Woven woven = Woven.with(SERVED)) {
      Assistant assistant =
          AiServices.create(
              Assistant.class,
              OpenAiChatModel.builder()
                  .baseUrl(provider.openAiBaseUrl())
                  .apiKey("none")
                  .modelName("own-model")
                  .build());

      assertThat(A2aClient.builder(url(woven)).build().ask("hello")).isEqualTo("[own-model] hello");
      assertThat(assistant).isNotNull();
    }
  }

  private static String url(Woven woven) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (true) {
      Optional<String> line =
          woven.log().stream().filter(each -> each.startsWith(SERVES)).findFirst();
      if (line.isPresent()) {
        return line.get().substring(SERVES.length());
      }
      assertThat(System.nanoTime()).as(woven.log().toString()).isLessThan(deadline);
      Thread.sleep(10);
    }
  }
}
