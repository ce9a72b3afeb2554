package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProviderMessagesTests {

  private final ProviderMessages messages = new ProviderMessages(new PlainContent());

  private static Map<?, ?> json(String text) {
    return (Map<?, ?>) Json.read(text);
  }

  @Test
  void readsARequestOfChatCompletions() {
    Map<?, ?> request =
        json(
            """
            {"messages": [
              {"role": "developer", "content": "Be brief"},
              {"role": "user", "content": [{"type": "text", "text": "Pay this"},
                {"type": "image_url", "image_url": {"url": "https://acme.example/a.png"}}]},
              {"role": "assistant", "content": null, "tool_calls": [{"id": "call_1", "type": "function",
                "function": {"name": "pay", "arguments": "{\\"eur\\": 3}"}}]},
              {"role": "tool", "tool_call_id": "call_1", "content": "paid"}],
             "tools": [{"type": "function", "function": {"name": "pay", "description": "Pays a bill",
               "parameters": {}}}]}
            """);

    assertThat(messages.instructions(request)).isEmpty();
    assertThat(messages.input(request))
        .isEqualTo(
            Json.read(
                """
                [{"role":"system","parts":[{"type":"text","content":"Be brief"}]},
                 {"role":"user","parts":[{"type":"text","content":"Pay this"},
                   {"type":"generic","generic_type":"image_url"}]},
                 {"role":"assistant","parts":[{"type":"tool_call","id":"call_1","name":"pay",
                   "arguments":{"eur":3}}]},
                 {"role":"tool","parts":[{"type":"tool_call_response","id":"call_1",
                   "response":"paid"}]}]
                """));
    assertThat(messages.tools(request))
        .isEqualTo(
            Json.read(
                "[{\"type\":\"function\",\"name\":\"pay\",\"description\":\"Pays a bill\"}]"));
  }

  @Test
  void readsAnAnswerOfChatCompletions() {
    assertThat(
            messages.output(
                json(
                    "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"Hi\"}}]}")))
        .isEqualTo(
            Json.read(
                "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"Hi\"}]}]"));
  }

  @Test
  void readsRequestsAndAnswersOfResponses() {
    Map<?, ?> request =
        json(
            """
            {"instructions": "Be brief", "input": [{"role": "user", "content": "Pay"},
              {"type": "function_call", "call_id": "c1", "name": "pay", "arguments": "{}"},
              {"type": "function_call_output", "call_id": "c1", "output": "paid"}]}
            """);
    assertThat(messages.instructions(request))
        .isEqualTo(Json.read("[{\"type\":\"text\",\"content\":\"Be brief\"}]"));
    assertThat(messages.input(request))
        .isEqualTo(
            Json.read(
                """
                [{"role":"user","parts":[{"type":"text","content":"Pay"}]},
                 {"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"pay",
                   "arguments":{}}]},
                 {"role":"tool","parts":[{"type":"tool_call_response","id":"c1",
                   "response":"paid"}]}]
                """));
    assertThat(messages.input(json("{\"input\": \"Hello\"}")))
        .isEqualTo(
            Json.read(
                "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Hello\"}]}]"));
    assertThat(
            messages.output(
                json(
                    """
                    {"output": [{"type": "message", "role": "assistant",
                      "content": [{"type": "output_text", "text": "Done"}]}]}
                    """)))
        .isEqualTo(
            Json.read(
                "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"Done\"}]}]"));
  }

  @Test
  void readsRequestsAndAnswersOfAnthropic() {
    Map<?, ?> request =
        json(
            """
            {"system": [{"type": "text", "text": "Be brief"}], "messages": [
              {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1",
                "content": "paid"}, {"type": "text", "text": "And now?"}]}],
             "tools": [{"name": "pay", "description": "Pays", "input_schema": {}}]}
            """);
    assertThat(messages.instructions(request))
        .isEqualTo(Json.read("[{\"type\":\"text\",\"content\":\"Be brief\"}]"));
    assertThat(messages.input(request))
        .isEqualTo(
            Json.read(
                """
                [{"role":"user","parts":[
                  {"type":"tool_call_response","id":"t1","response":"paid"},
                  {"type":"text","content":"And now?"}]}]
                """));
    assertThat(messages.tools(request)).hasSize(1);
    assertThat(
            messages.output(
                json(
                    """
                    {"type": "message", "role": "assistant", "content": [
                      {"type": "text", "text": "Done"},
                      {"type": "tool_use", "id": "t2", "name": "pay", "input": {"eur": 3}}]}
                    """)))
        .isEqualTo(
            Json.read(
                """
                [{"role":"assistant","parts":[{"type":"text","content":"Done"},
                  {"type":"tool_call","id":"t2","name":"pay","arguments":{"eur":3}}]}]
                """));
  }

  @Test
  void readsRequestsAndAnswersOfGoogle() {
    Map<?, ?> request =
        json(
            """
            {"systemInstruction": {"parts": [{"text": "Be brief"}]}, "contents": [
              {"role": "user", "parts": [{"text": "Pay"}]},
              {"role": "model", "parts": [{"functionCall": {"name": "pay", "args": {"eur": 3}}}]},
              {"role": "user", "parts": [{"functionResponse": {"name": "pay",
                "response": {"state": "paid"}}}]}],
             "tools": [{"functionDeclarations": [{"name": "pay"}]}]}
            """);
    assertThat(messages.instructions(request))
        .isEqualTo(Json.read("[{\"type\":\"text\",\"content\":\"Be brief\"}]"));
    assertThat(messages.input(request))
        .isEqualTo(
            Json.read(
                """
                [{"role":"user","parts":[{"type":"text","content":"Pay"}]},
                 {"role":"assistant","parts":[{"type":"tool_call","name":"pay",
                   "arguments":{"eur":3}}]},
                 {"role":"user","parts":[{"type":"tool_call_response",
                   "response":{"state":"paid"}}]}]
                """));
    assertThat(messages.tools(request)).hasSize(1);
    assertThat(
            messages.output(
                json(
                    """
                    {"candidates": [{"content": {"role": "model", "parts": [{"text": "Done"}]}}]}
                    """)))
        .isEqualTo(
            Json.read(
                "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"Done\"}]}]"));
  }

  @Test
  void readsNothingOfOtherForms() {
    for (String text : List.of("{}", "{\"messages\": 3}", "{\"contents\": [null, 1, \"x\"]}")) {
      assertThat(messages.input(json(text))).as(text).isEmpty();
      assertThat(messages.output(json(text))).as(text).isEmpty();
      assertThat(messages.instructions(json(text))).as(text).isEmpty();
      assertThat(messages.tools(json(text))).as(text).isEmpty();
    }
  }
}
