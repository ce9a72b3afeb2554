package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BedrockTests {

  private static final String HELLO =
      "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hello\"}]}]}";

  private ModelProvider provider = ModelProvider.builder().start();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void conversesWithContentBlocksAndUsage() throws Exception {
    JsonNode json = Wire.json(ask("converse", HELLO));

    assertThat(json.at("/output/message/content/0/text").asText()).isEqualTo("[m] hello");
    assertThat(json.path("stopReason").asText()).isEqualTo("end_turn");
    assertThat(json.at("/usage/inputTokens").asInt()).isEqualTo(2);
    assertThat(json.at("/usage/outputTokens").asInt()).isEqualTo(3);
  }

  @Test
  void streamsEventsInBinaryFramesThatKeepTheirChecksums() throws Exception {
    List<JsonNode> events = events("converse-stream", HELLO);

    assertThat(
            events.stream()
                .map(event -> event.at("/delta/text").asText(""))
                .reduce("", String::concat))
        .isEqualTo("[m] hello");
    assertThat(events.get(events.size() - 2).path("stopReason").asText()).isEqualTo("end_turn");
    assertThat(events.get(events.size() - 1).at("/usage/totalTokens").asInt()).isEqualTo(5);
  }

  @Test
  void acceptsToolResults() throws Exception {
    provider.close();
    provider = ModelProvider.builder().answers(BedrockTests::looksUp).start();

    JsonNode first =
        Wire.json(
            ask(
                "converse",
                """
                {"messages":[{"role":"user","content":[{"text":"status?"}]}],
                 "toolConfig":{"tools":[{"toolSpec":{"name":"lookup","inputSchema":{"json":{}}}}]}}\
                """));
    JsonNode second =
        Wire.json(
            ask(
                "converse",
                """
                {"messages":[{"role":"user","content":[{"text":"status?"}]},
                 {"role":"assistant","content":[
                   {"toolUse":{"toolUseId":"t1","name":"lookup","input":{}}}]},
                 {"role":"user","content":[
                   {"toolResult":{"toolUseId":"t1","content":[{"text":"shipped"}]}}]}]}\
                """));

    assertThat(first.path("stopReason").asText()).isEqualTo("tool_use");
    assertThat(first.at("/output/message/content/0/toolUse/input/order").asInt()).isEqualTo(7);
    assertThat(second.at("/output/message/content/0/text").asText()).isEqualTo("It is shipped");
  }

  @Test
  void invokesModelsWithAnthropicsBodies() throws Exception {
    String body = "{\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    JsonNode whole = Wire.json(ask("invoke", body));
    List<JsonNode> chunks = events("invoke-with-response-stream", body);

    assertThat(whole.at("/content/0/text").asText()).isEqualTo("[m] hello");
    JsonNode last = JsonNodes.parse(text(chunks.get(chunks.size() - 1)));
    assertThat(last.path("type").asText()).isEqualTo("message_stop");
  }

  @Test
  void formatsErrorsLikeAmazon() throws Exception {
    provider.close();
    provider = ModelProvider.builder().faults(Faults.script(Fault.STATUS_429)).start();

    HttpResponse<String> response = ask("converse", HELLO);

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(Wire.json(response).path("__type").asText()).isEqualTo("ThrottlingException");
  }

  private static ModelAnswer looksUp(ModelRequest request) {
    return request.toolResults().isEmpty()
        ? ModelAnswer.toolCall("lookup", "{\"order\":7}")
        : ModelAnswer.text("It is " + request.toolResults().get(0).text());
  }

  private static String text(JsonNode chunk) {
    byte[] bytes = Base64.getDecoder().decode(chunk.path("bytes").asText());
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> ask(String verb, String body) throws Exception {
    return Wire.post(provider.baseUrl() + "/model/m/" + verb, body);
  }

  private List<JsonNode> events(String verb, String body) throws Exception {
    URI uri = URI.create(provider.baseUrl() + "/model/m/" + verb);
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    ByteBuffer bytes =
        ByteBuffer.wrap(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body());
    List<JsonNode> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int start = bytes.position();
      int length = bytes.getInt();
      int headers = bytes.getInt();
      assertThat(bytes.getInt()).isEqualTo(checksum(bytes.array(), start, 8));
      int end = start + length - 4;
      int payload = start + 12 + headers;
      events.add(
          JsonNodes.parse(
              new String(bytes.array(), payload, end - payload, StandardCharsets.UTF_8)));
      bytes.position(end);
      assertThat(bytes.getInt()).isEqualTo(checksum(bytes.array(), start, length - 4));
    }
    return events;
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }
}
