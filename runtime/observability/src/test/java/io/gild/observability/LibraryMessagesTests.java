package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.gild.config.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibraryMessagesTests {

  private final LibraryMessages messages = new LibraryMessages(new PlainContent());

  @Test
  void readsARequestOfLangChain4j() {
    ToolExecutionRequest pay =
        ToolExecutionRequest.builder().id("call_1").name("pay").arguments("{\"eur\":3}").build();
    ChatRequest request =
        ChatRequest.builder()
            .messages(
                SystemMessage.from("Be brief"),
                UserMessage.from(
                    TextContent.from("Pay this"), ImageContent.from("https://acme.example/a.png")),
                AiMessage.from(pay),
                ToolExecutionResultMessage.from(pay, "paid"))
            .toolSpecifications(
                ToolSpecification.builder().name("pay").description("Pays a bill").build())
            .build();

    assertThat(messages.of(request))
        .isEqualTo(
            Json.read(
                """
                [{"role":"system","parts":[{"type":"text","content":"Be brief"}]},
                 {"role":"user","parts":[{"type":"text","content":"Pay this"},
                   {"type":"generic","generic_type":"image"}]},
                 {"role":"assistant","parts":[{"type":"tool_call","id":"call_1","name":"pay",
                   "arguments":{"eur":3}}]},
                 {"role":"tool","parts":[{"type":"tool_call_response","id":"call_1",
                   "response":"paid"}]}]
                """));
    assertThat(messages.tools(request))
        .isEqualTo(
            Json.read(
                """
                [{"type":"function","name":"pay","description":"Pays a bill"}]
                """));
  }

  @Test
  void readsAResponseOfLangChain4j() {
    ChatResponse response = ChatResponse.builder().aiMessage(AiMessage.from("Done")).build();

    assertThat(messages.of(response))
        .isEqualTo(
            Json.read(
                """
                [{"role":"assistant","parts":[{"type":"text","content":"Done"}]}]
                """));
  }

  @Test
  void readsNothingOfOtherClasses() {
    assertThat(messages.of("text")).isEmpty();
    assertThat(messages.of(List.of(1, "two"))).isEmpty();
    assertThat(messages.of(null)).isEmpty();
    assertThat(messages.tools(new Object())).isEmpty();
  }
}
