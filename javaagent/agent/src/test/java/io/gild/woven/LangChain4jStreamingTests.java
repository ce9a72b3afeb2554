package io.gild.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import io.gild.config.Usage;
import io.gild.core.Counts.Event;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.Latency;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LangChain4jStreamingTests {

  private static final String RETRYING =
      "{mode: enforce, models: {retry: {max-attempts: 3, wait-duration: 0s}}}";

  private final ModelProvider.Builder providers = ModelProvider.builder().retryAfter(Duration.ZERO);
  private Recording handler = new Recording();
  private ModelProvider provider;
  private Woven woven;

  private void start(String yaml) {
    provider = providers.start();
    woven = Woven.with(yaml);
  }

  @AfterEach
  void stop() {
    woven.close();
    if (provider != null) {
      provider.close();
    }
  }

  private StreamingChatModel model() {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(provider.openAiBaseUrl())
        .apiKey("none")
        .modelName("own-model")
        .build();
  }

  @Test
  void passesAStreamOnAndRecordsItAtItsEnd() throws Exception {
    start("{mode: observe}");
    model().chat("hello streaming world", handler);

    assertThat(handler.await().aiMessage().text()).isEqualTo("[own-model] hello streaming world");
    assertThat(String.join("", handler.chunks)).isEqualTo("[own-model] hello streaming world");
    awaitOver(method());
    assertThat(method().counts().get(Event.SUCCEEDED)).isEqualTo(1);
    Usage usage = GildRuntime.global().ledger().lines().get(0).usage();
    LoggedRequest logged = provider.requests().get(0);
    assertThat(usage.inputTokens()).isEqualTo(logged.promptTokens());
    assertThat(usage.outputTokens()).isEqualTo(logged.completionTokens());
    assertThat(GildRuntime.global().httpAttempts()).isEqualTo(1);
  }

  @Test
  void retriesAStreamThatFailsBeforeItsFirstChunk() throws Exception {
    providers.faults(Faults.script(Fault.STATUS_503, Fault.STATUS_500, Fault.OK));
    start(RETRYING);
    model().chat("hello", handler);

    assertThat(handler.await().aiMessage().text()).isEqualTo("[own-model] hello");
    assertThat(String.join("", handler.chunks)).isEqualTo("[own-model] hello");
    assertThat(provider.requests()).hasSize(3);
    assertThat(GildRuntime.global().httpAttempts()).isEqualTo(3);
  }

  @Test
  void neverAcceptsACutStreamAsAnAnswer() {
    // Slowly, because data that has not arrived when the stream is cut is lost.
    providers.latency(Latency.of(Duration.ZERO, Duration.ofMillis(30)));
    providers.faults(Faults.script(Fault.CUT_STREAM, Fault.OK));
    start(RETRYING);
    model().chat("tell me a very long story of many words, all of them in order", handler);

    assertThatThrownBy(handler::await).isInstanceOf(ExecutionException.class);
    assertThat(handler.completed.get()).isZero();
    assertThat(handler.chunks).isNotEmpty();
    assertThat(provider.requests()).hasSize(1);
    awaitOver(method());
    assertThat(method().counts().get(Event.FAILED)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{mode: observe}", RETRYING})
  void acceptsEveryFinishReason(String yaml) throws Exception {
    start(yaml);
    List<ChatResponse> ends = new ArrayList<>();
    ends.add(response("", FinishReason.STOP));
    ends.add(response("", FinishReason.CONTENT_FILTER));
    ends.add(response("cut", FinishReason.LENGTH));
    ends.add(response("all of it", null));
    ends.add(response("", null));
    ends.add(null);
    AtomicInteger asked = new AtomicInteger();
    for (ChatResponse end : ends) {
      handler = new Recording();
      streaming(
              (request, to) -> {
                asked.incrementAndGet();
                to.onCompleteResponse(end);
              })
          .chat("hello", handler);
      assertThat(handler.await()).isSameAs(end);
    }

    awaitOver(method());
    assertThat(asked).hasValue(ends.size());
    assertThat(method().counts().get(Event.SUCCEEDED)).isEqualTo(ends.size());
    assertThat(method().counts().get(Event.FAILED)).isZero();
  }

  @Test
  void throwsTheModelsExceptionAtOnce() {
    start("{mode: observe}");
    IllegalArgumentException own = new IllegalArgumentException("no such model");
    StreamingChatModel broken =
        streaming((request, to) -> {
          throw own;
        });
    assertThatThrownBy(() -> broken.chat("hi", handler)).isSameAs(own);
    assertThat(handler.response).isNotDone();
  }

  /** The one method of a streaming model that has to be written. */
  private interface Streaming {
    void chat(ChatRequest request, StreamingChatResponseHandler handler);
  }

  private static StreamingChatModel streaming(Streaming body) {
    return new StreamingChatModel() {
      @Override
      public void doChat(ChatRequest request, StreamingChatResponseHandler to) {
        body.chat(request, to);
      }
    };
  }

  private static ChatResponse response(String text, FinishReason reason) {
    return ChatResponse.builder()
        .aiMessage(AiMessage.from(text))
        .modelName("stub")
        .finishReason(reason)
        .build();
  }

  /** The call is over a moment after the handler was notified. */
  private static void awaitOver(GovernedMethod method) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (method.counts().active() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private static GovernedMethod method() {
    List<GovernedMethod> found =
        GildRuntime.global().methods().stream()
            .filter(method -> method.spec().kind().isModel())
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static final class Recording implements StreamingChatResponseHandler {

    private final List<String> chunks = new ArrayList<>();
    private final AtomicInteger completed = new AtomicInteger();
    private final CompletableFuture<ChatResponse> response = new CompletableFuture<>();

    @Override
    public void onPartialResponse(String chunk) {
      chunks.add(chunk);
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
      completed.incrementAndGet();
      response.complete(complete);
    }

    @Override
    public void onError(Throwable failure) {
      response.completeExceptionally(failure);
    }

    ChatResponse await() throws Exception {
      return response.get(20, TimeUnit.SECONDS);
    }
  }
}
