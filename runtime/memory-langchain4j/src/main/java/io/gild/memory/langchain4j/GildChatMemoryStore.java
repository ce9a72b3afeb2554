package io.gild.memory.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.gild.config.Experimental;
import io.gild.memory.FrameworkSessions;
import io.gild.memory.Sessions;
import java.util.List;

/**
 * Keeps LangChain4j's chat memories in sessions. The id of a memory, as text, is the id of the
 * session. Thread-safe; one instance serves all memories.
 *
 * <pre>{@code
 * ChatMemoryStore store = new GildChatMemoryStore(sessions);
 * ... .chatMemoryProvider(id -> MessageWindowChatMemory.builder()
 *     .id(id).maxMessages(20).chatMemoryStore(store).build())
 * }</pre>
 *
 * <p>LangChain4j replaces a whole list with each message. The store makes only the changes since
 * the same thread read the list, so that messages which another thread or JVM wrote meanwhile stay.
 * Failures of the store of sessions are thrown as {@link io.gild.memory.MemoryException}.
 */
@Experimental
public final class GildChatMemoryStore implements ChatMemoryStore {

  private final FrameworkSessions<ChatMessage> sessions;

  /**
   * Creates a store without tenant and agent.
   *
   * @param sessions keep the messages
   */
  public GildChatMemoryStore(Sessions sessions) {
    this(sessions, "", "");
  }

  /**
   * Creates a store for the memories of one agent of one tenant.
   *
   * @param sessions keep the messages
   * @param tenant the tenant; empty if there is only one
   * @param agent name of the agent; empty if all agents share their memories
   */
  public GildChatMemoryStore(Sessions sessions, String tenant, String agent) {
    this.sessions = new FrameworkSessions<>(sessions, tenant, agent, new ChatMessageForm());
  }

  @Override
  public List<ChatMessage> getMessages(Object memoryId) {
    return sessions.read(String.valueOf(memoryId));
  }

  @Override
  public void updateMessages(Object memoryId, List<ChatMessage> messages) {
    sessions.replace(String.valueOf(memoryId), messages);
  }

  @Override
  public void deleteMessages(Object memoryId) {
    sessions.delete(String.valueOf(memoryId));
  }
}
