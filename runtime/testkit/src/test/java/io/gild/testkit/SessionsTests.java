package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.memory.ChatSession;
import io.gild.memory.ExtractiveSummarizer;
import io.gild.memory.InProcessSessionStore;
import io.gild.memory.ModelSummarizer;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionLimits;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.SessionSummary;
import io.gild.memory.Sessions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SessionsTests {

  private static final SessionKey KEY = new SessionKey("acme", "support", "42");

  private final ManualClock clock = ManualClock.create();
  private final Sessions.Builder builder =
      Sessions.builder(new InProcessSessionStore(1_000, 1L << 30, clock)).clock(clock);

  @Test
  void summarizesTheOldestTurnsAndKeepsTheNewestWordForWord() {
    ChatSession session =
        builder
            .limits(new SessionLimits(6, 100_000))
            .summarizer(new ExtractiveSummarizer(), 60, 2)
            .build()
            .session(KEY);
    session.append(Role.SYSTEM, "Be polite.");
    session.append(Role.USER, "My order 4711 has not arrived at Lyon. I am a bit sad.");
    session.append(Role.ASSISTANT, "Let me see.");
    for (int i = 0; i < 4; i++) {
      session.append(Role.USER, "question " + i);
      session.append(Role.ASSISTANT, "answer " + i);
    }
    List<SessionMessage> messages = session.messages();
    assertThat(messages.get(0).text()).isEqualTo("Be polite.");
    assertThat(messages.get(1).id()).isEqualTo(ChatSession.SUMMARY_ID);
    assertThat(messages.get(1).text()).contains("User: My order 4711 has not arrived at Lyon.");
    assertThat(messages.subList(messages.size() - 4, messages.size()))
        .extracting(SessionMessage::text)
        .containsExactly("question 2", "answer 2", "question 3", "answer 3");
    SessionSummary summary = session.snapshot().summary();
    assertThat(summary.messages() + session.snapshot().messages().size()).isEqualTo(11);
    assertThat(summary.tokens()).isLessThanOrEqualTo(70);
  }

  @Test
  void asksAModelAndDoesWithoutItWhenItFails() {
    List<String> asked = new ArrayList<>();
    ModelSummarizer model =
        new ModelSummarizer(
            (name, instructions, question, timeout) -> {
              asked.add(question);
              if (asked.size() == 2) {
                throw new IOException("down");
              }
              return "They talked about parcels.";
            },
            "tiny",
            Duration.ofSeconds(1));
    ChatSession session =
        builder.limits(new SessionLimits(2, 100_000)).summarizer(model, 60, 1).build().session(KEY);
    session.append(Role.USER, "Where is the red parcel?");
    session.append(Role.USER, "Where is the blue parcel?");
    session.append(Role.USER, "Where is the green parcel?");
    assertThat(session.messages().get(0).text()).endsWith("They talked about parcels.");
    assertThat(asked.get(0)).contains("user: Where is the red parcel?");
    session.append(Role.USER, "Where is the yellow parcel?");
    assertThat(asked.get(1)).startsWith("Summary so far:\nThey talked about parcels.");
    assertThat(session.messages().get(0).text())
        .contains("They talked about parcels.")
        .contains("Where is the blue parcel?");
  }

  @Test
  void losesNoMessageThatComesWhileAModelSummarizes() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    ModelSummarizer slow =
        new ModelSummarizer(
            (name, instructions, question, timeout) -> {
              begun.countDown();
              go.await();
              return "summary";
            },
            "",
            Duration.ofSeconds(10));
    ExecutorService executor = Executors.newSingleThreadExecutor();
    Sessions sessions =
        builder
            .limits(new SessionLimits(2, 100_000))
            .summarizer(slow, 60, 1)
            .executor(executor)
            .build();
    ChatSession session = sessions.session(KEY);
    for (int i = 0; i < 3; i++) {
      session.append(Role.USER, "question " + i);
    }
    begun.await();
    session.append(Role.USER, "question 3");
    assertThat(session.messages()).hasSize(4);
    go.countDown();
    executor.shutdown();
    assertThat(executor.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(session.messages()).extracting(SessionMessage::text).contains("question 3");
    assertThat(session.snapshot().summary()).isNotNull();
  }

  @Test
  void changesAValueOfManyWritersInOneStepEach() throws InterruptedException {
    ChatSession session = builder.build().session(KEY);
    ExecutorService executor = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 200; i++) {
      executor.execute(() -> session.update("count", old -> old == null ? 1L : (Long) old + 1));
    }
    executor.shutdown();
    assertThat(executor.awaitTermination(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(session.value("count")).contains(200L);
    session.value("count", null);
    assertThat(session.value("count")).isEmpty();
  }

  @Test
  void rejectsAMessageThatIsTooLongAndStoresNothing() {
    ChatSession session = builder.maxMessageBytes(10_000_000).build().session(KEY);
    session.append(Role.USER, "x".repeat(9_000_000));
    assertThatThrownBy(() -> session.append(Role.USER, "x".repeat(10_100_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be longer than 10,000,000")
        .hasMessageContaining("memory.session.max-message-bytes");
    assertThat(session.messages()).hasSize(1);
  }

  @Test
  void expiresAndIsDeleted() {
    ChatSession session = builder.timeToLive(Duration.ofHours(1)).build().session(KEY);
    session.append(Role.USER, "hello");
    clock.advance(Duration.ofMinutes(50));
    session.append(Role.USER, "again");
    clock.advance(Duration.ofMinutes(50));
    assertThat(session.messages()).hasSize(2);
    clock.advance(Duration.ofMinutes(11));
    assertThat(session.messages()).isEmpty();
    assertThat(session.delete()).isFalse();
  }
}
