package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnthropicTests {

  private ModelProvider provider = ModelProvider.builder().start();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void answersWithContentBlocksAndUsage() throws Exception {
    JsonNode json =
        Wire.json(
            ask(
                """
                {"model":"claude-sonnet","max_tokens":100,"system":"Be brief.",
                 "messages":[{"role":"user","content":[{"type":"text","text":"hello"}]}]}\
                """));

    assertThat(json.path("type").asText()).isEqualTo("message");
    assertThat(json.at("/content/0/text").asText()).isEqualTo("[claude-sonnet] hello");
    assertThat(json.path("stop_reason").asText()).isEqualTo("end_turn");
    assertThat(json.at("/usage/input_tokens").asInt()).isEqualTo(4);
    assertThat(json.at("/usage/output_tokens").asInt()).isEqualTo(6);
  }

  @Test
  void streamsNamedEvents() throws Exception {
    HttpResponse<String> response =
        ask(
            """
            {"model":"c","stream":true,"messages":[{"role":"user","content":"a longer question"}]}\
            """);

    List<JsonNode> events = Wire.events(response);
    assertThat(events.stream().map(event -> event.path("type").asText()).distinct())
        .containsExactly(
            "message_start",
            "content_block_start",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");
    assertThat(
            events.stream()
                .map(event -> event.at("/delta/text").asText(""))
                .reduce("", String::concat))
        .isEqualTo("[c] a longer question");
    assertThat(events.get(0).at("/message/usage/input_tokens").asInt()).isEqualTo(5);
    assertThat(events.get(events.size() - 2).at("/usage/output_tokens").asInt()).isEqualTo(6);
    assertThat(response.body()).startsWith("event: message_start\n");
  }

  @Test
  void acceptsToolResults() throws Exception {
    provider.close();
    provider = ModelProvider.builder().answers(AnthropicTests::looksUp).start();

    JsonNode first =
        Wire.json(
            ask(
                """
                {"model":"c","messages":[{"role":"user","content":"status?"}],
                 "tools":[{"name":"lookup","description":"d","input_schema":{"type":"object"}}]}\
                """));
    JsonNode second =
        Wire.json(
            ask(
                """
                {"model":"c","messages":[{"role":"user","content":"status?"},
                 {"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"lookup","input":{}}]},
                 {"role":"user","content":[
                   {"type":"tool_result","tool_use_id":"t1","content":"shipped"}]}]}\
                """));

    assertThat(first.path("stop_reason").asText()).isEqualTo("tool_use");
    assertThat(first.at("/content/0/input/order").asInt()).isEqualTo(7);
    assertThat(second.at("/content/0/text").asText()).isEqualTo("It is shipped");
  }

  @Test
  void formatsErrorsLikeAnthropic() throws Exception {
    provider.close();
    provider = ModelProvider.builder().faults(Faults.script(Fault.STATUS_429)).start();

    HttpResponse<String> response = ask("{\"model\":\"c\",\"messages\":[]}");

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(Wire.json(response).at("/error/type").asText()).isEqualTo("rate_limit_error");
  }

  private static ModelAnswer looksUp(ModelRequest request) {
    return request.toolResults().isEmpty()
        ? ModelAnswer.toolCall("lookup", "{\"order\":7}")
        : ModelAnswer.text("It is " + request.toolResults().get(0).text());
  }

  private HttpResponse<String> ask(String body) throws Exception {
    return Wire.post(provider.baseUrl() + "/v1/messages", body);
  }
}
