package io.gild.memory.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.memory.FolderSessionStore;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.Sessions;
import io.gild.testkit.ManualClock;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.ModelRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Spring AI's ChatClient with a real client of a model, before and after a restart. */
class ChatClientMemoryTests {

  private final ModelProvider provider =
      ModelProvider.builder().answers(ChatClientMemoryTests::answer).start();

  @TempDir Path folder;

  /** Answers with what it was sent. */
  private static ModelAnswer answer(ModelRequest request) {
    List<String> roles =
        request.messages().stream()
            .map(message -> message.role().charAt(0) + ":" + message.text().length())
            .toList();
    return ModelAnswer.text(String.join(" ", roles));
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void remembersAfterARestart() {
    try (Sessions sessions = open()) {
      ChatClient client = client(sessions);
      assertThat(ask(client, "ann", "hello")).isEqualTo("s:24 u:5");
      assertThat(ask(client, "ben", "hi")).isEqualTo("s:24 u:2");
    }
    try (Sessions sessions = open()) {
      ChatClient client = client(sessions);
      assertThat(ask(client, "ann", "bye")).isEqualTo("s:24 u:5 a:8 u:3");
      List<SessionMessage> messages =
          sessions.session(new SessionKey("", "", "ann")).snapshot().messages();
      assertThat(messages)
          .extracting(SessionMessage::role)
          .endsWith(Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT);
    }
  }

  private Sessions open() {
    return Sessions.builder(new FolderSessionStore(folder, ManualClock.create())).build();
  }

  private ChatClient client(Sessions sessions) {
    ChatMemory memory =
        MessageWindowChatMemory.builder()
            .chatMemoryRepository(new GildChatMemoryRepository(sessions))
            .build();
    OpenAiChatOptions options =
        OpenAiChatOptions.builder()
            .baseUrl(provider.openAiBaseUrl())
            .apiKey("none")
            .model("gpt-4o-mini")
            .build();
    return ChatClient.builder(OpenAiChatModel.builder().options(options).build())
        .defaultSystem("You are a support agent.")
        .defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
        .build();
  }

  private static String ask(ChatClient client, String id, String question) {
    return client
        .prompt()
        .user(question)
        .advisors(advisor -> advisor.param(ChatMemory.CONVERSATION_ID, id))
        .call()
        .content();
  }
}
