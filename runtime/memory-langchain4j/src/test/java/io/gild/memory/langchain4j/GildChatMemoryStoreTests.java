package io.gild.memory.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.gild.memory.InProcessSessionStore;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionLimits;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.Sessions;
import io.gild.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GildChatMemoryStoreTests {

  private static final ToolExecutionRequest REQUEST =
      ToolExecutionRequest.builder()
          .id("c1")
          .name("weather")
          .arguments("{\"city\":\"Bern\"}")
          .build();

  private final Sessions sessions =
      Sessions.builder(new InProcessSessionStore(100, 1 << 26, ManualClock.create())).build();
  private final ChatMemoryStore store = new GildChatMemoryStore(sessions, "acme", "support");

  @Test
  void keepsMessagesOfEveryKindAsTheyWere() {
    List<ChatMessage> messages =
        List.of(
            SystemMessage.from("Be kind."),
            UserMessage.from("ann", "Look:"),
            UserMessage.from(
                TextContent.from("What is this?"),
                ImageContent.from("https://acme.com/cat.png"),
                ImageContent.from("aGk=", "image/png")),
            AiMessage.builder()
                .text("I look.")
                .thinking("hm")
                .toolExecutionRequests(List.of(REQUEST))
                .attributes(Map.of("signature", "abc"))
                .build(),
            ToolExecutionResultMessage.from(REQUEST, "sunny"),
            AiMessage.from("A cat."),
            CustomMessage.from(Map.of("role", "assistant", "content", "own")));

    store.updateMessages(42, messages);

    assertThat(new GildChatMemoryStore(sessions, "acme", "support").getMessages("42"))
        .isEqualTo(messages);
    assertThat(stored())
        .extracting(SessionMessage::role)
        .containsExactly(
            Role.SYSTEM,
            Role.USER,
            Role.USER,
            Role.ASSISTANT,
            Role.TOOL,
            Role.ASSISTANT,
            Role.ASSISTANT);
    assertThat(stored())
        .extracting(SessionMessage::text)
        .containsExactly(
            "Be kind.",
            "Look:",
            "What is this?\n[image]\n[image]",
            "I look.",
            "sunny",
            "A cat.",
            "own");
    assertThat(stored().get(3).tokens()).isGreaterThan(stored().get(5).tokens());
  }

  private List<SessionMessage> stored() {
    return sessions.session(new SessionKey("acme", "support", "42")).snapshot().messages();
  }

  @Test
  void keepsWhatAnotherWriterAppendedMeanwhile() throws Exception {
    ChatMemoryStore other = new GildChatMemoryStore(sessions, "acme", "support");
    store.updateMessages(42, List.of(UserMessage.from("one"), AiMessage.from("1")));
    List<ChatMessage> mine = store.getMessages(42);
    CompletableFuture.runAsync(() -> window(other).add(UserMessage.from("theirs"))).get();

    mine.remove(0);
    mine.add(UserMessage.from("mine"));
    store.updateMessages(42, mine);

    assertThat(texts(store.getMessages(42))).containsExactly("1", "theirs", "mine");
  }

  /** Two threads of one store see different lists. */
  @Test
  void remembersForEachThreadWhatItHasSeen() throws Exception {
    store.updateMessages(42, List.of(UserMessage.from("one")));
    List<ChatMessage> mine = store.getMessages(42);
    CompletableFuture.runAsync(() -> window(store).add(AiMessage.from("theirs"))).get();

    mine.add(AiMessage.from("mine"));
    store.updateMessages(42, mine);
    mine.add(UserMessage.from("next"));
    store.updateMessages(42, mine);

    assertThat(texts(store.getMessages(42))).containsExactly("one", "theirs", "mine", "next");
  }

  @Test
  void comparesWithWhatItWroteItself() {
    store.getMessages(42);
    store.updateMessages(42, List.of(UserMessage.from("one")));
    store.updateMessages(42, List.of(UserMessage.from("two")));
    store.updateMessages(42, List.of(UserMessage.from("two"), AiMessage.from("three")));

    assertThat(texts(store.getMessages(42))).containsExactly("two", "three");
  }

  @Test
  void losesNothingOfTwoMemories() throws Exception {
    int each = 50;
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      ChatMemory memory = window(new GildChatMemoryStore(sessions, "acme", "support"));
      writers.add(
          CompletableFuture.runAsync(() -> {
            for (int i = 0; i < each; i++) {
              memory.add(UserMessage.from(name + i));
            }
          }));
    }
    for (CompletableFuture<Void> writer : writers) {
      writer.get();
    }

    List<String> texts = texts(store.getMessages(42));
    assertThat(texts).hasSize(3 * each).doesNotHaveDuplicates();
    for (String name : List.of("a", "b", "c")) {
      List<String> own = texts.stream().filter(text -> text.startsWith(name)).toList();
      for (int i = 0; i < each; i++) {
        assertThat(own.get(i)).isEqualTo(name + i);
      }
    }
  }

  private static ChatMemory window(ChatMemoryStore store) {
    return MessageWindowChatMemory.builder()
        .id(42)
        .maxMessages(1_000)
        .chatMemoryStore(store)
        .build();
  }

  @Test
  void appendsTheSameTextTwice() {
    ChatMemory memory = window(store);
    memory.add(UserMessage.from("yes"));
    memory.add(UserMessage.from("yes"));

    assertThat(texts(memory.messages())).containsExactly("yes", "yes");
    assertThat(stored()).hasSize(2);
  }

  @Test
  void writesOnlyWhatChanged() {
    ChatMemory memory = window(store);
    memory.add(UserMessage.from("one"));
    List<String> before = stored().stream().map(SessionMessage::id).toList();
    memory.add(AiMessage.from("two"));

    assertThat(stored()).hasSize(2).extracting(SessionMessage::id).containsAll(before);
  }

  @Test
  void evictsAsTheWindowDoes() {
    ChatMemory memory =
        MessageWindowChatMemory.builder().id(42).maxMessages(3).chatMemoryStore(store).build();
    memory.add(UserMessage.from("weather?"));
    memory.add(AiMessage.from(REQUEST));
    memory.add(ToolExecutionResultMessage.from(REQUEST, "sunny"));
    memory.add(AiMessage.from("It is sunny."));
    assertThat(memory.messages()).hasSize(3);
    memory.add(UserMessage.from("thanks"));

    assertThat(texts(memory.messages())).containsExactly("It is sunny.", "thanks");
    assertThat(stored()).hasSize(2);
  }

  @Test
  void keepsAResultBehindItsRequest() throws Exception {
    ChatMemory memory = window(store);
    memory.add(UserMessage.from("weather?"));
    memory.add(AiMessage.from(REQUEST));
    CompletableFuture.runAsync(() -> window(store).add(UserMessage.from("hurry"))).get();
    memory.add(ToolExecutionResultMessage.from(REQUEST, "sunny"));

    assertThat(memory.messages())
        .containsExactly(
            UserMessage.from("weather?"),
            AiMessage.from(REQUEST),
            ToolExecutionResultMessage.from(REQUEST, "sunny"),
            UserMessage.from("hurry"));
  }

  @Test
  void leavesOutAResultWithoutItsRequest() {
    store.updateMessages(
        42, List.of(ToolExecutionResultMessage.from(REQUEST, "sunny"), UserMessage.from("hi")));

    assertThat(texts(store.getMessages(42))).containsExactly("hi");
  }

  @Test
  void rewritesAListThatInsertsMessages() {
    store.updateMessages(42, List.of(UserMessage.from("b"), AiMessage.from("c")));
    List<ChatMessage> messages = store.getMessages(42);
    messages.add(0, UserMessage.from("a"));
    store.updateMessages(42, messages);
    messages.add(UserMessage.from("d"));
    store.updateMessages(42, messages);

    assertThat(texts(store.getMessages(42))).containsExactly("a", "b", "c", "d");
  }

  @Test
  void replacesAllWithoutAnEarlierRead() throws Exception {
    store.updateMessages(42, List.of(UserMessage.from("old")));
    CompletableFuture.runAsync(() -> store.updateMessages(42, List.of(UserMessage.from("new"))))
        .get();

    assertThat(texts(store.getMessages(42))).containsExactly("new");
  }

  @Test
  void replacesTheSystemMessageAndReadsItFirst() {
    ChatMemory memory = window(store);
    memory.add(UserMessage.from("hi"));
    memory.add(SystemMessage.from("Be kind."));
    memory.add(SystemMessage.from("Be brief."));
    memory.add(SystemMessage.from("Be brief."));

    assertThat(memory.messages())
        .containsExactly(SystemMessage.from("Be brief."), UserMessage.from("hi"));
    assertThat(stored()).hasSize(2);
  }

  @Test
  void addsTheSummaryToTheSystemMessage() {
    Sessions summarizing =
        Sessions.builder(new InProcessSessionStore(100, 1 << 26, ManualClock.create()))
            .limits(new SessionLimits(4, 1_000))
            .summarizer((previous, turns, tokens) -> "Ann likes cats.", 100, 1)
            .build();
    ChatMemory memory = window(new GildChatMemoryStore(summarizing, "acme", "support"));
    String summary = "Summary of the conversation so far:\nAnn likes cats.";
    for (int i = 0; i < 3; i++) {
      memory.add(UserMessage.from("question " + i));
      memory.add(AiMessage.from("answer " + i));
    }
    assertThat(memory.messages().get(0)).isEqualTo(SystemMessage.from(summary));

    memory.add(SystemMessage.from("Be kind."));
    List<String> instructions = instructions(summarizing);
    for (int i = 3; i < 6; i++) {
      memory.add(SystemMessage.from("Be kind."));
      memory.add(UserMessage.from("question " + i));
      memory.add(AiMessage.from("answer " + i));
    }

    assertThat(SystemMessage.findAll(memory.messages()))
        .containsExactly(SystemMessage.from("Be kind.\n\n" + summary));
    assertThat(instructions(summarizing)).hasSize(1).isEqualTo(instructions);
  }

  private static List<String> instructions(Sessions sessions) {
    SessionKey key = new SessionKey("acme", "support", "42");
    return sessions.session(key).snapshot().messages().stream()
        .filter(message -> message.role() == Role.SYSTEM)
        .map(message -> message.id() + message.text())
        .toList();
  }

  @Test
  void readsMessagesFromElsewhere() {
    sessions
        .session(new SessionKey("acme", "support", "42"))
        .append(
            SessionMessage.of(Role.SYSTEM, "Be kind."),
            SessionMessage.of(Role.USER, "weather?"),
            SessionMessage.of(Role.ASSISTANT, ""),
            SessionMessage.of(Role.TOOL, "sunny"),
            SessionMessage.of(Role.ASSISTANT, "It is sunny."));
    ChatMemory memory = window(store);

    assertThat(memory.messages())
        .containsExactly(
            SystemMessage.from("Be kind."),
            UserMessage.from("weather?"),
            AiMessage.from("It is sunny."));
    memory.add(UserMessage.from("thanks"));
    assertThat(stored()).as("what it cannot read stays").hasSize(6);
  }

  @Test
  void deletesASession() {
    store.updateMessages(42, List.of(UserMessage.from("old")));
    store.deleteMessages(42);

    assertThat(store.getMessages(42)).isEmpty();
    assertThat(sessions.store().sessions("acme")).isEmpty();
  }

  /** A deletion by another writer, as of a user's data, is not undone. */
  @Test
  void doesNotBringBackWhatAnotherWriterDeleted() {
    store.updateMessages(42, List.of(UserMessage.from("secret")));
    List<ChatMessage> messages = store.getMessages(42);
    sessions.session(new SessionKey("acme", "support", "42")).delete();

    messages.add(UserMessage.from("new"));
    store.updateMessages(42, messages);

    assertThat(texts(store.getMessages(42))).containsExactly("new");
  }

  private static List<String> texts(List<ChatMessage> messages) {
    return messages.stream().map(GildChatMemoryStoreTests::text).toList();
  }

  private static String text(ChatMessage message) {
    return message instanceof UserMessage user ? user.singleText() : ((AiMessage) message).text();
  }
}
