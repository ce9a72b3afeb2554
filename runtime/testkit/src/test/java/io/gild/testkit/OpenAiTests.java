package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.service.AiServices;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiTests {

  private ModelProvider provider = ModelProvider.builder().start();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void answersLangChain4jWithTextAndUsage() {
    ChatResponse response = chatModel().chat(UserMessage.from("hello there"));

    assertThat(response.aiMessage().text()).isEqualTo("[gpt-4o] hello there");
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(response.modelName()).isEqualTo("gpt-4o");
    assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(3);
    assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(5);
    assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(8);
  }

  @Test
  void streamsChunksWithUsageAtTheEnd() throws Exception {
    ConcurrentLinkedQueue<String> chunks = new ConcurrentLinkedQueue<>();

    ChatResponse response = stream("tell me something longer", chunks).get(30, TimeUnit.SECONDS);

    assertThat(response.aiMessage().text()).isEqualTo("[gpt-4o] tell me something longer");
    assertThat(String.join("", chunks)).isEqualTo(response.aiMessage().text());
    assertThat(chunks).hasSize(Tokens.estimate(response.aiMessage().text()));
    assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(9);
    assertThat(provider.requests()).singleElement().matches(LoggedRequest::streamed);
  }

  @Test
  void callsToolsOfAnAiService() {
    restart(OpenAiTests::asksTheWeather);
    Weather weather = new Weather();
    Assistant assistant =
        AiServices.builder(Assistant.class).chatModel(chatModel()).tools(weather).build();

    assertThat(assistant.chat("How is Vienna?")).isEqualTo("It is sunny in Vienna");
    assertThat(weather.asked).containsExactly("Vienna");
    assertThat(provider.requests()).hasSize(2).allMatch(LoggedRequest::succeeded);
  }

  @Test
  void callsToolsOfAStreamingClient() throws Exception {
    restart(OpenAiTests::asksTheWeather);
    String body =
        """
        {"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"How is Vienna?"}]}\
        """;

    List<JsonNode> events = Wire.events(Wire.post(chatUrl(), body));

    String arguments =
        events.stream()
            .map(event -> event.at("/choices/0/delta/tool_calls/0/function/arguments").asText(""))
            .reduce("", String::concat);
    assertThat(arguments).isEqualTo("{\"city\":\"Vienna\"}");
    assertThat(events.get(events.size() - 1).at("/choices/0/finish_reason").asText())
        .isEqualTo("tool_calls");
  }

  @Test
  void sendsUsageOfAStreamOnlyIfRequested() throws Exception {
    String plain = "{\"model\":\"m\",\"stream\":true,\"messages\":[]}";
    String asking =
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}";

    HttpResponse<String> without = Wire.post(chatUrl(), plain);
    HttpResponse<String> with = Wire.post(chatUrl(), asking);

    assertThat(without.headers().firstValue("content-type")).hasValue("text/event-stream");
    assertThat(without.body()).endsWith("data: [DONE]\n\n").doesNotContain("usage");
    List<JsonNode> events = Wire.events(with);
    JsonNode last = events.get(events.size() - 1);
    assertThat(last.path("choices")).isEmpty();
    assertThat(last.at("/usage/total_tokens").asInt()).isEqualTo(2);
  }

  @Test
  void endsAnAnswerAtTheTokenLimit() {
    restart(Answerer.always("one two three four five six"));

    ChatResponse response =
        OpenAiChatModel.builder()
            .baseUrl(provider.openAiBaseUrl())
            .apiKey("none")
            .modelName("gpt-4o")
            .maxTokens(3)
            .build()
            .chat(UserMessage.from("count"));

    assertThat(response.aiMessage().text()).isEqualTo("one two thre");
    assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void embedsEqualTextsEquallyAndSimilarTextsNear() {
    OpenAiEmbeddingModel model =
        OpenAiEmbeddingModel.builder()
            .baseUrl(provider.openAiBaseUrl())
            .apiKey("none")
            .modelName("text-embedding-3-small")
            .build();

    Response<List<Embedding>> response =
        model.embedAll(
            List.of(
                TextSegment.from("where is my luggage"),
                TextSegment.from("Where is my luggage?"),
                TextSegment.from("pay the water bill")));

    List<Embedding> vectors = response.content();
    assertThat(cosine(vectors.get(0), vectors.get(1))).isCloseTo(1.0, within(1e-5));
    assertThat(cosine(vectors.get(0), vectors.get(2))).isLessThan(0.5);
    assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(5 + 5 + 5);
  }

  @Test
  void embedsInBase64AsOpenAiDoes() throws Exception {
    String body =
        """
        {"model":"e","input":["hello"],"dimensions":8,"encoding_format":"base64"}\
        """;

    JsonNode json = Wire.json(Wire.post(provider.openAiBaseUrl() + "/embeddings", body));

    assertThat(json.at("/data/0/embedding").asText()).hasSize(44);
  }

  @Test
  void listsItsModels() throws Exception {
    JsonNode json = Wire.json(Wire.get(provider.openAiBaseUrl() + "/models"));

    assertThat(json.at("/data/0/id").asText()).isEqualTo("gpt-4o");
  }

  @Test
  void serves64StreamsAtOnce() {
    List<CompletableFuture<ChatResponse>> streams =
        IntStream.range(0, 64)
            .mapToObj(i -> stream("question " + i, new ConcurrentLinkedQueue<>()))
            .toList();

    for (int i = 0; i < streams.size(); i++) {
      assertThat(streams.get(i).join().aiMessage().text()).isEqualTo("[gpt-4o] question " + i);
    }
    assertThat(provider.summary().all().succeeded()).isEqualTo(64);
  }

  interface Assistant {
    String chat(String message);
  }

  static final class Weather {

    final List<String> asked = new ArrayList<>();

    @Tool("Tells the weather of a city")
    String weather(@P(name = "city", value = "the city") String city) {
      asked.add(city);
      return "sunny in " + city;
    }
  }

  private static ModelAnswer asksTheWeather(ModelRequest request) {
    return request.toolResults().isEmpty()
        ? ModelAnswer.toolCall("weather", "{\"city\":\"Vienna\"}")
        : ModelAnswer.text("It is " + request.toolResults().get(0).text());
  }

  private CompletableFuture<ChatResponse> stream(
      String question, ConcurrentLinkedQueue<String> chunks) {
    CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
    StreamingChatResponseHandler handler =
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String chunk) {
            chunks.add(chunk);
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            whole.completeExceptionally(error);
          }
        };
    OpenAiStreamingChatModel.builder()
        .baseUrl(provider.openAiBaseUrl())
        .apiKey("none")
        .modelName("gpt-4o")
        .build()
        .chat(question, handler);
    return whole;
  }

  private OpenAiChatModel chatModel() {
    return OpenAiChatModel.builder()
        .baseUrl(provider.openAiBaseUrl())
        .apiKey("none")
        .modelName("gpt-4o")
        .build();
  }

  private void restart(Answerer answerer) {
    provider.close();
    provider = ModelProvider.builder().answers(answerer).start();
  }

  private String chatUrl() {
    return provider.openAiBaseUrl() + "/chat/completions";
  }

  private static double cosine(Embedding one, Embedding other) {
    double sum = 0;
    for (int i = 0; i < one.dimension(); i++) {
      sum += one.vector()[i] * other.vector()[i];
    }
    return sum;
  }
}
