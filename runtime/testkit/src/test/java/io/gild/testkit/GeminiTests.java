package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeminiTests {

  private ModelProvider provider = ModelProvider.builder().start();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void answersWithPartsAndUsage() throws Exception {
    JsonNode json =
        Wire.json(
            ask(
                ":generateContent",
                """
                {"contents":[{"role":"user","parts":[{"text":"hello"}]}],
                 "systemInstruction":{"parts":[{"text":"Be brief."}]}}\
                """));

    assertThat(json.at("/candidates/0/content/parts/0/text").asText()).isEqualTo("[g] hello");
    assertThat(json.at("/candidates/0/finishReason").asText()).isEqualTo("STOP");
    assertThat(json.at("/usageMetadata/promptTokenCount").asInt()).isEqualTo(4);
    assertThat(json.at("/usageMetadata/candidatesTokenCount").asInt()).isEqualTo(3);
    assertThat(json.path("modelVersion").asText()).isEqualTo("g");
  }

  @Test
  void streamsEventsOfWhichTheLastIsCounted() throws Exception {
    HttpResponse<String> response =
        ask(
            ":streamGenerateContent?alt=sse",
            "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}");

    List<JsonNode> events = Wire.events(response);
    assertThat(
            events.stream()
                .map(event -> event.at("/candidates/0/content/parts/0/text").asText())
                .reduce("", String::concat))
        .isEqualTo("[g] hello");
    assertThat(events).filteredOn(event -> event.has("usageMetadata")).hasSize(1);
    assertThat(events.get(events.size() - 1).at("/candidates/0/finishReason").asText())
        .isEqualTo("STOP");
    assertThat(provider.requests().get(0).streamed()).isTrue();
  }

  @Test
  void acceptsResultsOfFunctions() throws Exception {
    provider.close();
    provider = ModelProvider.builder().answers(GeminiTests::looksUp).start();

    JsonNode first =
        Wire.json(
            ask(
                ":generateContent",
                """
                {"contents":[{"role":"user","parts":[{"text":"status?"}]}],
                 "tools":[{"functionDeclarations":[{"name":"lookup","description":"d"}]}]}\
                """));
    JsonNode second =
        Wire.json(
            ask(
                ":generateContent",
                """
                {"contents":[{"role":"user","parts":[{"text":"status?"}]},
                 {"role":"model","parts":[{"functionCall":{"name":"lookup","args":{}}}]},
                 {"role":"user","parts":[
                   {"functionResponse":{"name":"lookup","response":{"state":"shipped"}}}]}]}\
                """));

    assertThat(first.at("/candidates/0/content/parts/0/functionCall/args/order").asInt())
        .isEqualTo(7);
    assertThat(second.at("/candidates/0/content/parts/0/text").asText())
        .isEqualTo("It is {\"state\":\"shipped\"}");
  }

  @Test
  void embedsOneTextOrABatch() throws Exception {
    JsonNode one = Wire.json(ask(":embedContent", "{\"content\":{\"parts\":[{\"text\":\"hi\"}]}}"));
    JsonNode batch =
        Wire.json(
            ask(
                ":batchEmbedContents",
                "{\"requests\":[{\"content\":{\"parts\":[{\"text\":\"hi\"}]}}]}"));

    assertThat(one.at("/embedding/values")).hasSize(Embeddings.DEFAULT_DIMENSIONS);
    assertThat(batch.at("/embeddings/0/values")).isEqualTo(one.at("/embedding/values"));
  }

  @Test
  void formatsErrorsLikeGoogle() throws Exception {
    provider.close();
    provider = ModelProvider.builder().faults(Faults.script(Fault.STATUS_429)).start();

    HttpResponse<String> response = ask(":generateContent", "{}");

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(Wire.json(response).at("/error/status").asText()).isEqualTo("RESOURCE_EXHAUSTED");
  }

  private static ModelAnswer looksUp(ModelRequest request) {
    return request.toolResults().isEmpty()
        ? ModelAnswer.toolCall("lookup", "{\"order\":7}")
        : ModelAnswer.text("It is " + request.toolResults().get(0).text());
  }

  private HttpResponse<String> ask(String verb, String body) throws Exception {
    return Wire.post(provider.baseUrl() + "/v1beta/models/g" + verb, body);
  }
}
