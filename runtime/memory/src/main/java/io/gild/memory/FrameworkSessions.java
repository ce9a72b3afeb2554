package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.memory.SeenMessages.Difference;
import io.gild.memory.SeenMessages.Seen;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.spi.MessageForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sessions for a framework that reads the list of all messages and writes it back as a whole.
 *
 * <p>{@link #replace} compares the list with the one that {@link #read} last returned to the same
 * thread, and makes only the changes between the two: messages that another thread or JVM wrote
 * meanwhile stay. Thread-safe.
 *
 * @param <M> the framework's type of messages
 */
@Experimental
public final class FrameworkSessions<M> {

  /** A thread reads and writes one conversation, rarely a few in turns. */
  private static final int SEEN_BY_THREAD = 4;

  private static final String SUMMARY = "Summary of the conversation so far:\n";

  private final Sessions sessions;
  private final String tenant;
  private final String agent;
  private final MessageForm<M> form;
  private final Map<Thread, Map<String, SeenMessages<M>>> seen =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * Creates the sessions of one agent.
   *
   * @param sessions keep the messages
   * @param tenant the tenant; empty if there is only one
   * @param agent name of the agent; empty if all agents share their conversations
   * @param form translates the messages
   */
  public FrameworkSessions(Sessions sessions, String tenant, String agent, MessageForm<M> form) {
    this.sessions = sessions;
    this.tenant = tenant;
    this.agent = agent;
    this.form = form;
  }

  /**
   * Reads a conversation: instructions, which include the summary if there is one, then the
   * messages in order, each result of a tool after its request.
   *
   * @param id id of the conversation; not empty
   * @return a list of its own, which the caller may change
   * @throws MemoryException if the store fails
   */
  public List<M> read(String id) {
    SeenMessages<M> read = load(id);
    ownSeen().put(id, read);
    return read.messages();
  }

  private SeenMessages<M> load(String id) {
    SessionSnapshot snapshot = sessions.session(key(id)).snapshot();
    List<Seen<M>> instructions = new ArrayList<>();
    List<Seen<M>> others = new ArrayList<>();
    for (SessionMessage message : snapshot.messages()) {
      M read = form.read(message);
      if (read != null) {
        (message.role() == Role.SYSTEM ? instructions : others)
            .add(new Seen<>(message.id(), message.role(), read, read));
      }
    }
    SessionSummary summary = snapshot.summary();
    if (summary != null) {
      addSummary(instructions, SUMMARY + summary.text());
    }
    instructions.addAll(ToolTurns.ordered(others, form));
    return new SeenMessages<>(form, snapshot.revision(), instructions);
  }

  /** Adds the summary to the last instructions, because providers take one such message. */
  private void addSummary(List<Seen<M>> instructions, String summary) {
    if (instructions.isEmpty()) {
      M message = form.withSummary(null, summary);
      instructions.add(new Seen<>(null, Role.SYSTEM, message, message));
    } else {
      int last = instructions.size() - 1;
      Seen<M> own = instructions.get(last);
      M message = form.withSummary(own.plain(), summary);
      instructions.set(last, new Seen<>(own.id(), Role.SYSTEM, message, own.plain()));
    }
  }

  /**
   * Appends messages in one step.
   *
   * @param id id of the conversation; not empty
   * @param messages the messages in order
   * @throws MemoryException if the store fails; nothing was appended
   * @throws IllegalArgumentException if a message cannot be kept; nothing was appended
   */
  public void append(String id, List<M> messages) {
    List<SessionMessage> written = new ArrayList<>();
    for (M message : messages) {
      String own = UUID.randomUUID().toString();
      written.add(form.write(own, message, sessions.clock().now()));
    }
    sessions.session(key(id)).append(written);
  }

  /**
   * Replaces the list that {@link #read} last returned to this thread by another one. Without such
   * a list, all messages of the conversation are replaced.
   *
   * @param id id of the conversation; not empty
   * @param messages the new list; messages that it inserts between others are moved, together with
   *     those behind them, to the end of what other writers wrote meanwhile
   * @throws MemoryException if the store fails; nothing was changed
   * @throws IllegalArgumentException if a message cannot be kept; nothing was changed
   */
  public void replace(String id, List<M> messages) {
    SeenMessages<M> before = ownSeen().get(id);
    if (before == null) {
      before = load(id);
      ownSeen().put(id, before);
    }
    Difference<M> difference = before.difference(messages, sessions.clock().now());
    if (!difference.isEmpty()) {
      write(id, before.revision(), difference);
      ownSeen().put(id, difference.seen());
    }
  }

  private void write(String id, long expected, Difference<M> difference) {
    long revision = expected;
    while (!sessions
        .session(key(id))
        .replace(revision, difference.removed(), difference.appended())) {
      revision = sessions.session(key(id)).snapshot().revision();
    }
  }

  /** Returns what the current thread has seen, by id; only this thread uses the map. */
  private Map<String, SeenMessages<M>> ownSeen() {
    return seen.computeIfAbsent(Thread.currentThread(), first -> new RecentlySeen<>());
  }

  private static final class RecentlySeen<M> extends LinkedHashMap<String, SeenMessages<M>> {

    private static final long serialVersionUID = 1L;

    RecentlySeen() {
      super(SEEN_BY_THREAD * 2, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.@Nullable Entry<String, SeenMessages<M>> eldest) {
      return size() > SEEN_BY_THREAD;
    }
  }

  /**
   * Deletes a conversation with everything in it.
   *
   * @param id its id; not empty
   * @throws MemoryException if the store fails
   */
  public void delete(String id) {
    ownSeen().remove(id);
    sessions.session(key(id)).delete();
  }

  /**
   * Lists the conversations.
   *
   * @return their ids, in no particular order
   * @throws MemoryException if the store fails
   */
  public List<String> ids() {
    return sessions.store().sessions(tenant).stream()
        .filter(key -> Objects.equals(key.agent(), agent))
        .map(SessionKey::session)
        .toList();
  }

  private SessionKey key(String id) {
    return new SessionKey(tenant, agent, id);
  }
}
