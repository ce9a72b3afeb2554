package io.gild.memory.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.gild.memory.FolderSessionStore;
import io.gild.memory.Sessions;
import io.gild.testkit.ManualClock;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.ModelRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** AiServices of LangChain4j with a real client, before and after a restart. */
class AiServicesMemoryTests {

  interface Desk {
    @SystemMessage("You are a support agent.")
    String answer(@MemoryId String id, @UserMessage String question);
  }

  /** The two ways to keep a memory. */
  enum Kind {
    STORE(sessions -> {
      ChatMemoryStore store = new GildChatMemoryStore(sessions);
      return id ->
          MessageWindowChatMemory.builder().id(id).maxMessages(20).chatMemoryStore(store).build();
    }),
    MEMORY(sessions -> id -> new GildChatMemory(sessions, id));

    private final Function<Sessions, ChatMemoryProvider> provider;

    Kind(Function<Sessions, ChatMemoryProvider> provider) {
      this.provider = provider;
    }
  }

  /** A tool that the model asks for. */
  static final class Weather {
    @Tool("the weather")
    String weather() {
      return "sunny";
    }
  }

  private final ModelProvider provider =
      ModelProvider.builder().answers(AiServicesMemoryTests::answer).start();

  @TempDir Path folder;

  /** Answers with all that it was sent; asks for the weather first. */
  private static ModelAnswer answer(ModelRequest request) {
    ModelRequest.Message last = request.messages().get(request.messages().size() - 1);
    if (last.role().equals("user") && last.text().equals("weather?")) {
      return ModelAnswer.toolCall("weather", "{}");
    }
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

  @ParameterizedTest
  @EnumSource
  void remembersAfterARestart(Kind kind) {
    try (Sessions sessions = open()) {
      Desk desk = desk(kind, sessions);
      assertThat(desk.answer("ann", "hello")).isEqualTo("s:24 u:5");
      assertThat(desk.answer("ben", "hi")).isEqualTo("s:24 u:2");
      assertThat(desk.answer("ann", "weather?")).isEqualTo("s:24 u:5 a:8 u:8 a:0 t:5");
    }
    try (Sessions sessions = open()) {
      Desk desk = desk(kind, sessions);
      assertThat(desk.answer("ann", "bye")).isEqualTo("s:24 u:5 a:8 u:8 a:0 t:5 a:24 u:3");
      assertThat(desk.answer("ben", "bye")).isEqualTo("s:24 u:2 a:8 u:3");
    }
  }

  private Sessions open() {
    return Sessions.builder(new FolderSessionStore(folder, ManualClock.create())).build();
  }

  private Desk desk(Kind kind, Sessions sessions) {
    return AiServices.builder(Desk.class)
        .chatModel(
            OpenAiChatModel.builder()
                .baseUrl(provider.openAiBaseUrl())
                .apiKey("none")
                .modelName("gpt-4o-mini")
                .build())
        .chatMemoryProvider(kind.provider.apply(sessions))
        .tools(new Weather())
        .build();
  }
}
