package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OllamaTests {

  private ModelProvider provider = ModelProvider.builder().start();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void answersWithoutStreamingIfRequested() throws Exception {
    JsonNode json =
        Wire.json(
            chat(
                """
                {"model":"llama","stream":false,"messages":[{"role":"user","content":"hello"}]}\
                """));

    assertThat(json.at("/message/content").asText()).isEqualTo("[llama] hello");
    assertThat(json.path("done").asBoolean()).isTrue();
    assertThat(json.path("prompt_eval_count").asInt()).isEqualTo(2);
    assertThat(json.path("eval_count").asInt()).isEqualTo(4);
  }

  @Test
  void streamsLinesByDefault() throws Exception {
    HttpResponse<String> response =
        chat("{\"model\":\"llama\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");

    List<JsonNode> lines = response.body().lines().map(JsonNodes::parse).toList();
    assertThat(
            lines.stream()
                .map(line -> line.at("/message/content").asText())
                .reduce("", String::concat))
        .isEqualTo("[llama] hello");
    assertThat(lines).filteredOn(line -> line.path("done").asBoolean()).hasSize(1);
    assertThat(lines.get(lines.size() - 1).path("eval_count").asInt()).isEqualTo(4);
  }

  @Test
  void callsToolsWithArgumentsAsAnObject() throws Exception {
    provider.close();
    provider =
        ModelProvider.builder()
            .answers(request -> ModelAnswer.toolCall("lookup", "{\"order\":7}"))
            .start();

    JsonNode json = Wire.json(chat("{\"model\":\"llama\",\"stream\":false,\"messages\":[]}"));

    assertThat(json.at("/message/tool_calls/0/function/arguments/order").asInt()).isEqualTo(7);
  }

  @Test
  void embedsThroughBothOfItsEndpoints() throws Exception {
    JsonNode old =
        Wire.json(
            Wire.post(
                provider.baseUrl() + "/api/embeddings", "{\"model\":\"e\",\"prompt\":\"hi\"}"));
    JsonNode current =
        Wire.json(
            Wire.post(provider.baseUrl() + "/api/embed", "{\"model\":\"e\",\"input\":[\"hi\"]}"));

    assertThat(old.path("embedding")).hasSize(Embeddings.DEFAULT_DIMENSIONS);
    assertThat(current.at("/embeddings/0")).isEqualTo(old.path("embedding"));
  }

  private HttpResponse<String> chat(String body) throws Exception {
    return Wire.post(provider.baseUrl() + "/api/chat", body);
  }
}
