package io.gild.memory.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.memory.ChatMemory;
import io.gild.config.Experimental;
import io.gild.memory.FrameworkSessions;
import io.gild.memory.Sessions;
import java.util.ArrayList;
import java.util.List;

/**
 * A chat memory of LangChain4j that appends to a session, in one step. The limits, summaries and
 * expiry of the sessions apply; there is no other window. Thread-safe.
 *
 * <pre>{@code
 * ... .chatMemoryProvider(id -> new GildChatMemory(sessions, id))
 * }</pre>
 *
 * <p>A system message replaces the previous one, as in LangChain4j's own memories. Failures of the
 * store are thrown as {@link io.gild.memory.MemoryException}.
 */
@Experimental
public final class GildChatMemory implements ChatMemory {

  private final FrameworkSessions<ChatMessage> sessions;
  private final Object id;

  /**
   * Creates a memory without tenant and agent.
   *
   * @param sessions keep the messages
   * @param id any object; its text is the id of the session
   */
  public GildChatMemory(Sessions sessions, Object id) {
    this(sessions, "", "", id);
  }

  /**
   * Creates a memory of one agent of one tenant.
   *
   * @param sessions keep the messages
   * @param tenant the tenant; empty if there is only one
   * @param agent name of the agent; empty if all agents share their memories
   * @param id any object; its text is the id of the session
   */
  public GildChatMemory(Sessions sessions, String tenant, String agent, Object id) {
    this.sessions = new FrameworkSessions<>(sessions, tenant, agent, new ChatMessageForm());
    this.id = id;
  }

  @Override
  public Object id() {
    return id;
  }

  @Override
  public void add(ChatMessage message) {
    add(List.of(message));
  }

  @Override
  public void add(Iterable<ChatMessage> messages) {
    List<ChatMessage> others = new ArrayList<>();
    for (ChatMessage message : messages) {
      if (message instanceof SystemMessage) {
        instruct(message);
      } else {
        others.add(message);
      }
    }
    if (!others.isEmpty()) {
      sessions.append(session(), others);
    }
  }

  private void instruct(ChatMessage instructions) {
    List<ChatMessage> messages = sessions.read(session());
    messages.removeIf(SystemMessage.class::isInstance);
    messages.add(instructions);
    sessions.replace(session(), messages);
  }

  @Override
  public void set(Iterable<ChatMessage> messages) {
    List<ChatMessage> all = new ArrayList<>();
    messages.forEach(all::add);
    sessions.read(session());
    sessions.replace(session(), all);
  }

  @Override
  public List<ChatMessage> messages() {
    return sessions.read(session());
  }

  @Override
  public void clear() {
    sessions.delete(session());
  }

  private String session() {
    return String.valueOf(id);
  }
}
