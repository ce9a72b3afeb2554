package io.gild.memory.springai;

import io.gild.config.Experimental;
import io.gild.memory.FrameworkSessions;
import io.gild.memory.Sessions;
import java.util.List;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.messages.Message;

/**
 * Keeps Spring AI's chat memories in sessions. The id of a conversation is the id of the session.
 * Thread-safe.
 *
 * <pre>{@code
 * @Bean
 * ChatMemoryRepository chatMemoryRepository(Sessions sessions) {
 *   return new GildChatMemoryRepository(sessions);
 * }
 * }</pre>
 *
 * <p>Spring AI replaces a whole list with each message. The repository makes only the changes since
 * the same thread read the list, so that messages which another thread or JVM wrote meanwhile stay.
 * Messages keep their tool calls, tool responses, media, and those metadata that are texts,
 * numbers, booleans, lists or maps; other metadata are left out, and a line is logged the first
 * time. Failures of the store of sessions are thrown as {@link io.gild.memory.MemoryException}.
 */
@Experimental
public final class GildChatMemoryRepository implements ChatMemoryRepository {

  private final FrameworkSessions<Message> sessions;

  /**
   * Creates a repository without tenant and agent.
   *
   * @param sessions keep the messages
   */
  public GildChatMemoryRepository(Sessions sessions) {
    this(sessions, "", "");
  }

  /**
   * Creates a repository for the conversations of one agent of one tenant.
   *
   * @param sessions keep the messages
   * @param tenant the tenant; empty if there is only one
   * @param agent name of the agent; empty if all agents share their conversations
   */
  public GildChatMemoryRepository(Sessions sessions, String tenant, String agent) {
    this.sessions = new FrameworkSessions<>(sessions, tenant, agent, new SpringMessageForm());
  }

  @Override
  public List<String> findConversationIds() {
    return sessions.ids();
  }

  @Override
  public List<Message> findByConversationId(String conversationId) {
    return sessions.read(conversationId);
  }

  /**
   * Saves the messages of a conversation.
   *
   * @throws IllegalArgumentException if a message is of an unknown type, or has media that are
   *     neither bytes nor text; nothing was saved
   */
  @Override
  public void saveAll(String conversationId, List<Message> messages) {
    sessions.replace(conversationId, messages);
  }

  @Override
  public void deleteByConversationId(String conversationId) {
    sessions.delete(conversationId);
  }
}
