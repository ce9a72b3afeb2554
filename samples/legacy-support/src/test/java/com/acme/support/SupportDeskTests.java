package com.acme.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupportDeskTests {

  @Test
  void asksTheModelForAnIntentAndAnAnswer() {
    List<ChatMessage> asked = new ArrayList<>();
    ChatModel model =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            asked.addAll(request.messages());
            return ChatResponse.builder()
                .aiMessage(AiMessage.from("Intent: balance\nAnswer: It is 12 dollars."))
                .build();
          }
        };

    String answer = new SupportDesk(model).answer("what is my balance");

    assertThat(answer).startsWith("Intent: balance");
    assertThat(((SystemMessage) asked.get(0)).text()).contains("balance, ").contains("Intent: ");
    assertThat(((UserMessage) asked.get(1)).singleText()).isEqualTo("what is my balance");
  }
}
