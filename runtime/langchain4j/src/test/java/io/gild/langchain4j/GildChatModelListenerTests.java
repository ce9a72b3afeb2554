package io.gild.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.gild.config.Policies;
import io.gild.core.AgentCall;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.Ledger;
import io.gild.core.MethodSpec;
import io.gild.testkit.Answerer;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelProvider;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GildChatModelListenerTests {

  private final ModelProvider provider =
      ModelProvider.builder().answers(Answerer.always("Within 30 days.")).start();
  private final GildRuntime runtime =
      GildRuntime.builder().policies(spec -> Policies.none()).build();
  private final GovernedMethod agent =
      runtime.method(
          MethodSpec.of(
              "support", "com.acme.Desk", "answer", "(Ljava/lang/String;)Ljava/lang/String;"));

  @AfterEach
  void stopTheProvider() {
    provider.close();
  }

  @Test
  void reportsExactlyTheTokensThatTheProviderCounted() {
    OpenAiChatModel model = model();

    agent.call(null, arguments -> model.chat("What is the refund policy?"), "question");

    assertLedgerEqualsTheLog();
  }

  @Test
  void reportsTheTokensOfAStreamToTheCallThatBeganIt() throws Exception {
    OpenAiStreamingChatModel model =
        OpenAiStreamingChatModel.builder()
            .baseUrl(provider.openAiBaseUrl())
            .apiKey("none")
            .modelName("gpt-4o-mini")
            .listeners(List.of(new GildChatModelListener()))
            .build();

    CompletableFuture<ChatResponse> response = new CompletableFuture<>();
    agent.call(
        null,
        arguments -> {
          model.chat("What is the refund policy?", completing(response));
          return null;
        },
        "question");
    response.get(10, TimeUnit.SECONDS);

    assertLedgerEqualsTheLog();
  }

  @Test
  void reportsNothingOutsideOfGovernedCalls() {
    OpenAiChatModel model = model();

    assertThat(model.chat("hello")).isEqualTo("Within 30 days.");
    assertThat(AgentCall.current()).isNull();
    assertThat(runtime.ledger().lines()).isEmpty();
  }

  private OpenAiChatModel model() {
    return OpenAiChatModel.builder()
        .baseUrl(provider.openAiBaseUrl())
        .apiKey("none")
        .modelName("gpt-4o-mini")
        .listeners(List.of(new GildChatModelListener()))
        .build();
  }

  private void assertLedgerEqualsTheLog() {
    LoggedRequest logged = provider.requests().get(0);
    Ledger.Line line = runtime.ledger().lines().get(0);
    assertThat(line.agent()).isEqualTo("support");
    assertThat(line.model()).isEqualTo("gpt-4o-mini");
    assertThat(line.usage().inputTokens()).isEqualTo(logged.promptTokens());
    assertThat(line.usage().outputTokens()).isEqualTo(logged.completionTokens());
    assertThat(line.nanoUsd()).isPositive();
  }

  private static StreamingChatResponseHandler completing(CompletableFuture<ChatResponse> response) {
    return new StreamingChatResponseHandler() {
      @Override
      public void onCompleteResponse(ChatResponse complete) {
        response.complete(complete);
      }

      @Override
      public void onError(Throwable failure) {
        response.completeExceptionally(failure);
      }
    };
  }
}
