package io.gild.memory.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.gild.memory.InProcessSessionStore;
import io.gild.memory.SessionLimits;
import io.gild.memory.Sessions;
import io.gild.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GildChatMemoryTests {

  private final Sessions sessions =
      Sessions.builder(new InProcessSessionStore(100, 1 << 26, ManualClock.create()))
          .limits(new SessionLimits(500, 100_000))
          .build();
  private final GildChatMemory memory = new GildChatMemory(sessions, 42);

  @Test
  void appendsInOrder() {
    memory.add(List.of(SystemMessage.from("Be kind."), UserMessage.from("hi")));
    memory.add(AiMessage.from("hello"));

    assertThat(new GildChatMemory(sessions, "42").messages())
        .containsExactly(
            SystemMessage.from("Be kind."), UserMessage.from("hi"), AiMessage.from("hello"));
    assertThat(memory.id()).isEqualTo(42);
  }

  @Test
  void losesNothingOfTwoWriters() throws Exception {
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      String name = "w" + writer + "-";
      writers.add(
          CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 50; i++) {
              memory.add(UserMessage.from(name + i));
            }
          }));
    }
    for (CompletableFuture<Void> writer : writers) {
      writer.get();
    }

    assertThat(memory.messages()).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void replacesTheSystemMessage() {
    memory.add(SystemMessage.from("Be kind."));
    memory.add(UserMessage.from("hi"));
    memory.add(SystemMessage.from("Be brief."));

    assertThat(memory.messages())
        .containsExactly(SystemMessage.from("Be brief."), UserMessage.from("hi"));
  }

  @Test
  void setsAllMessages() {
    memory.add(UserMessage.from("a"), AiMessage.from("b"));
    memory.set(AiMessage.from("b"), UserMessage.from("c"));

    assertThat(memory.messages()).containsExactly(AiMessage.from("b"), UserMessage.from("c"));
  }

  @Test
  void clears() {
    memory.add(UserMessage.from("a"));
    memory.clear();

    assertThat(memory.messages()).isEmpty();
    assertThat(sessions.store().sessions("")).isEmpty();
  }

  @Test
  void keepsWithinTheLimitsOfTheSessions() {
    for (int i = 0; i < 600; i++) {
      memory.add(UserMessage.from("m" + i));
    }

    assertThat(memory.messages()).hasSize(500).contains(UserMessage.from("m599"));
  }
}
