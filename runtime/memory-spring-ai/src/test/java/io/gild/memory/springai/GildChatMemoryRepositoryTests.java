package io.gild.memory.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.memory.FolderSessionStore;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionLimits;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.Sessions;
import io.gild.testkit.ManualClock;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeTypeUtils;

class GildChatMemoryRepositoryTests {

  private static final AssistantMessage REQUEST =
      AssistantMessage.builder()
          .content("I look.")
          .properties(Map.of("finishReason", "tool_calls", "index", 0, "logprob", 0.5))
          .toolCalls(List.of(new ToolCall("c1", "function", "weather", "{\"city\":\"Bern\"}")))
          .build();
  private static final ToolResponseMessage RESULT =
      ToolResponseMessage.builder()
          .responses(List.of(new ToolResponse("c1", "weather", "sunny")))
          .build();

  @TempDir Path folder;
  private Sessions sessions;
  private ChatMemoryRepository repository;

  @BeforeEach
  void open() {
    sessions = Sessions.builder(new FolderSessionStore(folder, ManualClock.create())).build();
    repository = new GildChatMemoryRepository(sessions, "acme", "support");
  }

  @AfterEach
  void close() {
    sessions.close();
  }

  private void restart() {
    close();
    open();
  }

  @Test
  void keepsMessagesOfEveryKindAsTheyWereAfterARestart() {
    UserMessage user =
        UserMessage.builder()
            .text("What is this?")
            .metadata(Map.of("user", "ann", "tags", List.of("a", 1, true)))
            .media(
                Media.builder()
                    .mimeType(MimeTypeUtils.IMAGE_PNG)
                    .data(new byte[] {1, -2})
                    .id("i")
                    .name("cat")
                    .build(),
                new Media(MimeTypeUtils.IMAGE_JPEG, URI.create("https://acme.com/cat.jpg")))
            .build();
    List<Message> messages =
        List.of(
            new SystemMessage("Be kind."), user, REQUEST, RESULT, new AssistantMessage("A cat."));
    repository.saveAll("42", messages);
    restart();

    List<Message> read = repository.findByConversationId("42");

    assertThat(read).isEqualTo(messages);
    assertThat(read.get(1).getMetadata()).isEqualTo(user.getMetadata());
    List<Media> media = ((UserMessage) read.get(1)).getMedia();
    assertThat(media.get(0).getDataAsByteArray()).containsExactly(1, -2);
    assertThat(media.get(0)).extracting(Media::getId, Media::getName).containsExactly("i", "cat");
    assertThat(media.get(0).getMimeType()).isEqualTo(MimeTypeUtils.IMAGE_PNG);
    assertThat(media.get(1).getData()).isEqualTo("https://acme.com/cat.jpg");
    assertThat(((AssistantMessage) read.get(2)).getToolCalls()).isEqualTo(REQUEST.getToolCalls());
    assertThat(((ToolResponseMessage) read.get(3)).getResponses()).isEqualTo(RESULT.getResponses());
    assertThat(stored())
        .extracting(SessionMessage::role)
        .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL, Role.ASSISTANT);
    assertThat(stored())
        .extracting(SessionMessage::text)
        .containsExactly("Be kind.", "What is this?", "I look.", "sunny", "A cat.");
  }

  private List<SessionMessage> stored() {
    return sessions.session(new SessionKey("acme", "support", "42")).snapshot().messages();
  }

  @Test
  void readsAndSavesWithoutAChange() {
    repository.saveAll("42", List.of(new UserMessage("hi"), REQUEST, RESULT));
    restart();
    long before = revision();

    repository.saveAll("42", repository.findByConversationId("42"));

    assertThat(revision()).isEqualTo(before).isPositive();
  }

  private long revision() {
    return sessions.session(new SessionKey("acme", "support", "42")).snapshot().revision();
  }

  /** Spring AI compares messages without their media. */
  @Test
  void distinguishesMedia() {
    repository.saveAll("42", List.of(image((byte) 1)));
    repository.findByConversationId("42");
    repository.saveAll("42", List.of(image((byte) 2)));

    UserMessage read = (UserMessage) repository.findByConversationId("42").get(0);
    assertThat(read.getMedia().get(0).getDataAsByteArray()).containsExactly(2);
  }

  private static UserMessage image(byte content) {
    return UserMessage.builder()
        .text("Look")
        .media(
            Media.builder()
                .mimeType(MimeTypeUtils.IMAGE_PNG)
                .data(new byte[] {content})
                .name("x")
                .build())
        .build();
  }

  @Test
  void leavesOutMetadataThatItCannotKeep() {
    AssistantMessage message =
        AssistantMessage.builder()
            .content("hi")
            .properties(Map.of("id", "x", "annotations", List.of(new Object())))
            .build();
    repository.saveAll("42", List.of(message));

    assertThat(repository.findByConversationId("42").get(0).getMetadata())
        .isEqualTo(Map.of("id", "x", "messageType", MessageType.ASSISTANT));
  }

  @Test
  void rejectsAnUnknownTypeOfMessage() {
    Message unknown =
        new Message() {
          @Override
          public MessageType getMessageType() {
            return MessageType.USER;
          }

          @Override
          public String getText() {
            return "hi";
          }

          @Override
          public Map<String, Object> getMetadata() {
            return Map.of();
          }
        };

    assertThatThrownBy(() -> repository.saveAll("42", List.of(new UserMessage("hi"), unknown)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(unknown.getClass().getName())
        .hasMessageContaining("use SystemMessage, UserMessage");
    assertThat(stored()).isEmpty();
  }

  @Test
  void losesNothingOfTwoMemories() throws Exception {
    int each = 30;
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      ChatMemory memory = window(new GildChatMemoryRepository(sessions, "acme", "support"));
      writers.add(
          CompletableFuture.runAsync(() -> {
            for (int i = 0; i < each; i++) {
              memory.add("42", new UserMessage(name + i));
            }
          }));
    }
    for (CompletableFuture<Void> writer : writers) {
      writer.get();
    }

    assertThat(texts()).hasSize(2 * each).doesNotHaveDuplicates();
  }

  @Test
  void keepsWhatAnotherWriterAppendedMeanwhile() throws Exception {
    repository.saveAll("42", List.of(new UserMessage("one"), new AssistantMessage("1")));
    List<Message> mine = new ArrayList<>(repository.findByConversationId("42"));
    CompletableFuture.runAsync(() -> window(repository).add("42", new UserMessage("theirs"))).get();

    mine.remove(0);
    mine.add(new UserMessage("mine"));
    repository.saveAll("42", mine);

    assertThat(texts()).containsExactly("1", "theirs", "mine");
  }

  private static ChatMemory window(ChatMemoryRepository repository) {
    return MessageWindowChatMemory.builder()
        .chatMemoryRepository(repository)
        .maxMessages(1_000)
        .build();
  }

  private List<String> texts() {
    return repository.findByConversationId("42").stream().map(Message::getText).toList();
  }

  @Test
  void keepsAResponseBehindItsCall() throws Exception {
    ChatMemory memory = window(repository);
    memory.add("42", List.of(new UserMessage("weather?"), REQUEST));
    CompletableFuture.runAsync(() -> window(repository).add("42", new UserMessage("hurry"))).get();
    memory.add("42", RESULT);

    assertThat(memory.get("42"))
        .extracting(Message::getMessageType)
        .containsExactly(
            MessageType.USER, MessageType.ASSISTANT, MessageType.TOOL, MessageType.USER);
  }

  @Test
  void addsTheSummaryToTheSystemMessage() {
    Sessions summarizing =
        Sessions.builder(sessions.store())
            .limits(new SessionLimits(4, 1_000))
            .summarizer((previous, turns, tokens) -> "Ann likes cats.", 100, 1)
            .build();
    ChatMemory memory = window(new GildChatMemoryRepository(summarizing, "acme", "support"));
    memory.add("42", new SystemMessage("Be kind."));
    for (int i = 0; i < 4; i++) {
      memory.add("42", List.of(new UserMessage("q" + i), new AssistantMessage("a" + i)));
    }

    assertThat(memory.get("42").get(0))
        .isEqualTo(
            new SystemMessage("Be kind.\n\nSummary of the conversation so far:\nAnn likes cats."));
    assertThat(stored().get(0).text()).isEqualTo("Be kind.");
  }

  @Test
  void readsMessagesFromElsewhere() {
    sessions
        .session(new SessionKey("acme", "support", "42"))
        .append(
            SessionMessage.of(Role.USER, "weather?"),
            SessionMessage.of(Role.ASSISTANT, ""),
            SessionMessage.of(Role.TOOL, "sunny"),
            SessionMessage.of(Role.ASSISTANT, "It is sunny."));

    assertThat(repository.findByConversationId("42"))
        .containsExactly(new UserMessage("weather?"), new AssistantMessage("It is sunny."));
  }

  @Test
  void listsAndDeletesItsConversations() {
    repository.saveAll("42", List.of(new UserMessage("hi")));
    repository.saveAll("43", List.of(new UserMessage("hi")));
    new GildChatMemoryRepository(sessions, "acme", "sales")
        .saveAll("44", List.of(new UserMessage("hi")));
    new GildChatMemoryRepository(sessions).saveAll("45", List.of(new UserMessage("hi")));

    assertThat(repository.findConversationIds()).containsExactlyInAnyOrder("42", "43");
    repository.deleteByConversationId("42");
    assertThat(repository.findConversationIds()).containsExactly("43");
    assertThat(repository.findByConversationId("42")).isEmpty();
  }
}
