package io.gild.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Assistant;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import io.gild.core.CallKind;
import io.gild.core.Counts;
import io.gild.core.Counts.Event;
import io.gild.core.GildRuntime;
import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AiServiceTests {

  private static final String GOVERNED =
      """
      mode: enforce
      agents:
        - match: com.acme.Assistant#*
          name: assistant
          retry: {max-attempts: 3, wait-duration: 0s}
      """;

  private final ModelProvider.Builder providers = ModelProvider.builder().retryAfter(Duration.ZERO);
  private ModelProvider provider;
  private Woven woven;
  private Assistant assistant;

  private void start(String yaml) {
    provider = providers.start();
    woven = Woven.with(yaml);
    assistant =
        AiServices.builder(Assistant.class)
            .chatModel(
                OpenAiChatModel.builder()
                    .baseUrl(provider.openAiBaseUrl())
                    .apiKey("none")
                    .modelName("own-model")
                    .maxRetries(0)
                    .build())
            .streamingChatModel(
                OpenAiStreamingChatModel.builder()
                    .baseUrl(provider.openAiBaseUrl())
                    .apiKey("none")
                    .modelName("own-model")
                    .build())
            .tools(new Clock())
            .build();
  }

  @AfterEach
  void stop() {
    woven.close();
    provider.close();
  }

  private String told(String question) throws Exception {
    StringBuilder chunks = new StringBuilder();
    CompletableFuture<String> answer = new CompletableFuture<>();
    assistant
        .tell(question)
        .onPartialResponse(chunks::append)
        .onCompleteResponse(response -> answer.complete(chunks.toString()))
        .onError(answer::completeExceptionally)
        .start();
    return answer.get(20, TimeUnit.SECONDS);
  }

  private static Counts counts(String method) {
    return GildRuntime.global().methods().stream()
        .filter(each -> each.spec().kind() == CallKind.AGENT)
        .filter(each -> each.spec().methodName().equals(method))
        .findFirst()
        .orElseThrow()
        .counts();
  }

  @Test
  void governsAnAgentThatIsAnInterface() {
    providers.faults(Faults.script(Fault.STATUS_500, Fault.OK));
    start(GOVERNED);
    assertThat(assistant.answer("hello")).isEqualTo("[own-model] hello");
    assertThat(counts("answer").get(Event.SUCCEEDED)).isEqualTo(1);
    assertThat(counts("answer").get(Event.ATTEMPT)).isEqualTo(2);
    assertThat(GildRuntime.global().ledger().lines().get(0).agent()).isEqualTo("assistant");
  }

  @Test
  void recordsATokenStreamAtItsEndAndRetriesBeforeItsFirstToken() throws Exception {
    providers.faults(Faults.script(Fault.STATUS_500, Fault.OK));
    start(GOVERNED);
    assertThat(told("one two three")).isEqualTo("[own-model] one two three");
    assertThat(counts("tell").get(Event.SUCCEEDED)).isEqualTo(1);
    assertThat(counts("tell").get(Event.ATTEMPT)).isEqualTo(2);
    assertThat(provider.requests()).hasSize(2);
  }

  @Test
  void passesOnTheFailureOfATokenStreamOnce() {
    providers.faults(Faults.rate(1));
    start(GOVERNED);
    assertThatThrownBy(() -> told("one")).hasMessageContaining("rror");
    assertThat(counts("tell").get(Event.FAILED)).isEqualTo(1);
    assertThat(provider.requests()).hasSize(3);
  }

  /** A tool of the application. */
  static final class Clock {
    @Tool("tells the time")
    String time() {
      return "noon";
    }
  }

  @Test
  void countsEveryTurnOfATokenStreamForItsAgent() throws Exception {
    providers.answers(request ->
        request.lastText().contains("noon")
            ? ModelAnswer.text("It is noon.")
            : ModelAnswer.toolCall("time", "{}"));
    start(GOVERNED);
    assertThat(told("What time is it?")).isEqualTo("It is noon.");
    assertThat(provider.requests()).hasSize(2);
    assertThat(GildRuntime.global().ledger().lines())
        .singleElement()
        .satisfies(line -> assertThat(line.agent()).isEqualTo("assistant"))
        .satisfies(line -> assertThat(line.requests()).isEqualTo(2));
  }

  @Test
  void sendsAFallbackThroughAStream() throws Exception {
    providers.faults(Faults.rate(1));
    start(GOVERNED + "    fallback: {answer: later}\n");
    assertThat(told("one")).isEqualTo("later");
  }

  @Test
  void keepsTheLibrarysOwnRulesForStreams() {
    start(GOVERNED);
    assertThatThrownBy(() -> assistant.tell("one").onPartialResponse(chunk -> {}).start())
        .hasMessageContaining("onError");
    assertThat(provider.requests()).isEmpty();
  }
}
