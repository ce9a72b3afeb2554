package io.gild.benchmarks;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.gild.core.spi.Clock;
import io.gild.memory.InProcessSessionStore;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionLimits;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.Sessions;
import io.gild.memory.redis.RedisSessionStore;
import io.gild.memory.spi.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import redis.clients.jedis.RedisClient;

/**
 * Turns of a conversation that keeps its newest fifty messages: a question and an answer are
 * appended, then all is read. One thread, a hundred conversations in turn.
 */
final class SessionAppends {

  private static final int CONVERSATIONS = 100;
  private static final int MESSAGES = 50;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final long MAX_BYTES = 1L << 30;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private SessionAppends() {}

  /** Runs turns after as many that do not count; returns microseconds per turn. */
  static double micros(int turns, IntConsumer turn) {
    for (int i = 0; i < turns; i++) {
      turn.accept(i);
    }
    long start = System.nanoTime();
    for (int i = 0; i < turns; i++) {
      turn.accept(i);
    }
    return (System.nanoTime() - start) / NANOS_PER_MICRO / turns;
  }

  static double inProcess(int turns) {
    return ours(new InProcessSessionStore(CONVERSATIONS * 2, MAX_BYTES, Clock.SYSTEM), turns);
  }

  static double redis(String url, int turns) {
    return ours(new RedisSessionStore(url, TIMEOUT, "bench:"), turns);
  }

  private static double ours(SessionStore store, int turns) {
    try (Sessions sessions =
        Sessions.builder(store).limits(new SessionLimits(MESSAGES, Integer.MAX_VALUE)).build()) {
      return micros(
          turns,
          turn -> {
            var session = sessions.session(new SessionKey("", "bench", "s" + turn % CONVERSATIONS));
            session.append(
                SessionMessage.of(Role.USER, question(turn)),
                SessionMessage.of(Role.ASSISTANT, answer(turn)));
            require(session.messages().size());
          });
    }
  }

  static double langChain4j(int turns) {
    return langChain4j(new InMemoryChatMemoryStore(), turns);
  }

  static double langChain4jInRedis(String url, int turns) {
    try (RedisClient redis = RedisClient.create(url)) {
      return langChain4j(new WholeLists(redis), turns);
    }
  }

  private static double langChain4j(ChatMemoryStore store, int turns) {
    return micros(
        turns,
        turn -> {
          MessageWindowChatMemory memory =
              MessageWindowChatMemory.builder()
                  .id("s" + turn % CONVERSATIONS)
                  .maxMessages(MESSAGES)
                  .chatMemoryStore(store)
                  .build();
          memory.add(UserMessage.from(question(turn)));
          memory.add(AiMessage.from(answer(turn)));
          require(memory.messages().size());
        });
  }

  /** Keeps each conversation as one value of JSON, as the stores of LangChain4j's community do. */
  private record WholeLists(RedisClient redis) implements ChatMemoryStore {

    @Override
    public List<ChatMessage> getMessages(Object id) {
      String json = redis.get("lists:" + id);
      return json == null ? List.of() : ChatMessageDeserializer.messagesFromJson(json);
    }

    @Override
    public void updateMessages(Object id, List<ChatMessage> messages) {
      redis.set("lists:" + id, ChatMessageSerializer.messagesToJson(messages));
    }

    @Override
    public void deleteMessages(Object id) {
      redis.del("lists:" + id);
    }
  }

  private static String question(int turn) {
    return "Question "
        + turn
        + ": where is the parcel that I ordered last week, and when will it arrive?";
  }

  private static String answer(int turn) {
    return "Answer "
        + turn
        + ": it left the warehouse this morning and will arrive on Friday before noon.";
  }

  private static void require(int messages) {
    if (messages == 0) {
      throw new IllegalStateException("A conversation has no messages");
    }
  }
}
