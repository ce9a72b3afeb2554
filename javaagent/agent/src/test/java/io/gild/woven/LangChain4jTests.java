package io.gild.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.ModelDesk;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.service.AiServices;
import io.gild.core.CallKind;
import io.gild.core.Counts.Event;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.Ledger;
import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LangChain4jTests {

  private static final String ROUTED =
      """
      mode: enforce
      tiers:
        small: {model: cheap-model}
        medium: {model: own-model}
        large: {model: dear-model}
      agents:
        - match: com.acme.ModelDesk#answer
          name: desk
          route: {strategy: cascade, tiers: [small, large]}
      """;

  private final ModelProvider.Builder providers = ModelProvider.builder().retryAfter(Duration.ZERO);
  private ModelProvider provider;
  private Woven woven;

  private void start(String yaml) {
    provider = providers.start();
    woven = Woven.with(yaml);
  }

  @AfterEach
  void stop() {
    woven.close();
    provider.close();
  }

  private OpenAiChatModel.OpenAiChatModelBuilder model() {
    return OpenAiChatModel.builder()
        .baseUrl(provider.openAiBaseUrl())
        .apiKey("none")
        .modelName("own-model")
        .maxRetries(0);
  }

  @Test
  void sendsTheRequestToTheModelTheAgentWasRoutedTo() {
    start(ROUTED);
    assertThat(new ModelDesk(model().build()).answer("hello")).isEqualTo("[cheap-model] hello");
  }

  @Test
  void doesNotChangeRequestsToModelsOutsideOfTiers() {
    start(ROUTED);
    ModelDesk other = new ModelDesk(model().modelName("another-vendors-model").build());

    assertThat(other.answer("hello")).isEqualTo("[another-vendors-model] hello");
  }

  @Test
  void callsTheNextModelAfterAFailure() {
    providers.faults("cheap-model", Faults.rate(1));
    start(ROUTED);
    assertThat(new ModelDesk(model().build()).answer("hello")).isEqualTo("[dear-model] hello");
    assertThat(provider.requests())
        .extracting(LoggedRequest::model)
        .containsExactly("cheap-model", "dear-model");
  }

  @Test
  void doesNotChangeTheModelInObserve() {
    start(ROUTED.replace("enforce", "observe"));
    assertThat(new ModelDesk(model().build()).answer("hello")).isEqualTo("[own-model] hello");
  }

  @Test
  void countsTokensAndRequestsAsTheProviderDoes() {
    start(ROUTED);
    ModelDesk desk = new ModelDesk(model().build());
    desk.answer("hello");
    desk.answer("hello again");

    Ledger.Line line = runtime().ledger().lines().get(0);
    assertThat(line.agent()).isEqualTo("desk");
    assertThat(line.usage().inputTokens())
        .isEqualTo(provider.requests().stream().mapToLong(LoggedRequest::promptTokens).sum());
    assertThat(line.usage().outputTokens())
        .isEqualTo(provider.requests().stream().mapToLong(LoggedRequest::completionTokens).sum());
    assertThat(runtime().httpAttempts()).isEqualTo(2);
    assertThat(method(CallKind.CHAT).spec().agent()).isEqualTo("desk");
    assertThat(method(CallKind.CHAT).counts().get(Event.STARTED)).isEqualTo(2);
  }

  @Test
  void countsTheRetriesOfTheLibraryItself() {
    providers.faults(Faults.script(Fault.STATUS_500, Fault.OK));
    start(ROUTED.replace("enforce", "observe"));
    new ModelDesk(model().maxRetries(2).build()).answer("hello");
    assertThat(provider.requests()).hasSize(2);
    assertThat(runtime().httpAttempts()).isEqualTo(2);
    assertThat(method(CallKind.CHAT).counts().get(Event.ATTEMPT)).isEqualTo(1);
  }

  @Test
  void keepsAllOtherParametersOfARoutedRequest() {
    start(ROUTED.replace("cascade", "fixed"));
    AtomicReference<ChatRequest> seen = new AtomicReference<>();
    ChatModel stub =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            seen.set(request);
            return ChatResponse.builder().aiMessage(AiMessage.from("ok")).build();
          }
        };
    ChatModel asking =
        new ChatModel() {
          @Override
          public String chat(String text) {
            return stub.chat(
                    ChatRequest.builder()
                        .messages(UserMessage.from(text))
                        .parameters(
                            OpenAiChatRequestParameters.builder()
                                .modelName("own-model")
                                .temperature(0.25)
                                .seed(7)
                                .user("jo")
                                .build())
                        .build())
                .aiMessage()
                .text();
          }
        };
    assertThat(new ModelDesk(asking).answer("hello")).isEqualTo("ok");
    assertThat(seen.get().parameters().modelName()).isEqualTo("cheap-model");
    assertThat(seen.get().parameters().temperature()).isEqualTo(0.25);
    assertThat(seen.get().parameters()).isInstanceOf(OpenAiChatRequestParameters.class);
    OpenAiChatRequestParameters own = (OpenAiChatRequestParameters) seen.get().parameters();
    assertThat(own.seed()).isEqualTo(7);
    assertThat(own.user()).isEqualTo("jo");
  }

  @Test
  void governsAModelCallOutsideOfAnyAgent() {
    providers.faults(Faults.script(Fault.STATUS_503, Fault.STATUS_503, Fault.OK));
    start("{mode: enforce, models: {retry: {max-attempts: 3, wait-duration: 0s}}}");
    assertThat(model().build().chat("hello")).isEqualTo("[own-model] hello");
    assertThat(provider.requests()).hasSize(3);
    assertThat(method(CallKind.CHAT).spec().agent()).isEqualTo("langchain4j");
    assertThat(method(CallKind.CHAT).counts().get(Event.STARTED)).isEqualTo(1);
    assertThat(method(CallKind.CHAT).counts().get(Event.ATTEMPT)).isEqualTo(3);
    assertThat(runtime().httpAttempts()).isEqualTo(3);
  }

  @Test
  void throwsTheLibrarysException() {
    providers.faults(Faults.rate(1));
    start("{mode: observe}");
    assertThatThrownBy(() -> model().build().chat("hello"))
        .isInstanceOf(dev.langchain4j.exception.LangChain4jException.class);
  }

  /** The interface of the assistant of the next test. */
  interface Assistant {
    String ask(String question);
  }

  /** A tool of the application. */
  static final class Clock {
    int asked;

    @Tool("tells the time")
    String time() {
      asked++;
      return "noon";
    }
  }

  @Test
  void watchesTheToolsThatAModelCalls() {
    providers.answers(request ->
        request.lastText().contains("noon")
            ? ModelAnswer.text("It is noon.")
            : ModelAnswer.toolCall("time", "{}"));
    start("{mode: enforce}");
    Clock clock = new Clock();
    Assistant assistant =
        AiServices.builder(Assistant.class).chatModel(model().build()).tools(clock).build();

    assertThat(assistant.ask("What time is it?")).isEqualTo("It is noon.");
    assertThat(clock.asked).isEqualTo(1);
    GovernedMethod tool = method(CallKind.TOOL);
    assertThat(tool.spec().methodName()).isEqualTo("time");
    assertThat(tool.counts().get(Event.SUCCEEDED)).isEqualTo(1);
    assertThat(method(CallKind.CHAT).counts().get(Event.STARTED)).isEqualTo(2);
    assertThat(runtime().httpAttempts()).isEqualTo(provider.requests().size()).isEqualTo(2);
  }

  private static GildRuntime runtime() {
    return GildRuntime.global();
  }

  private static GovernedMethod method(CallKind kind) {
    List<GovernedMethod> found =
        runtime().methods().stream().filter(method -> method.spec().kind() == kind).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
