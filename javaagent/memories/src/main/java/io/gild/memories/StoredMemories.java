package io.gild.memories;

import io.gild.core.GildLog;
import io.gild.memory.FrameworkSessions;
import io.gild.memory.MemoryException;
import io.gild.memory.SessionKey;
import io.gild.memory.Sessions;
import io.gild.memory.spi.MessageForm;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The chat memories of a framework's class in one class loader. Its class alone refers to them,
 * because messages belong to the application. Thread-safe.
 */
final class StoredMemories {

  /** How long the application is not slowed down by a store that has failed. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Agents and tenants at work at the same time; more of them cost a second look at a session. */
  private static final int OWNERS = 1_000;

  private final MemoryFramework framework;
  private final StoreSettings settings;
  private final @Nullable MessageForm<Object> form;
  private final DefaultMemories defaults;
  private final KnownAgents agents = new KnownAgents(this);
  private final Map<Object, Map<String, MemorySlot>> slots = new WeakHashMap<>();
  private final Map<SessionKey, FrameworkSessions<Object>> owners = new RecentOwners();
  private volatile Instant pausedUntil = Instant.MIN;

  StoredMemories(MemoryFramework framework, StoreSettings settings, Class<?> storeType) {
    this.framework = framework;
    this.settings = settings;
    this.form = form(framework, storeType);
    this.defaults = new DefaultMemories(framework);
  }

  private static @Nullable MessageForm<Object> form(MemoryFramework framework, Class<?> storeType) {
    try {
      return new KeepingForm(
          AdapterLoader.form(storeType.getClassLoader(), framework.form()),
          framework.typeMethod(),
          framework.title());
    } catch (ReflectiveOperationException | LinkageError unfit) {
      GildLog.infoOnce(
          "The chat memories of %s stay in memory, because this version of it is not supported: %s"
              .formatted(framework.title(), unfit));
      return null;
    }
  }

  int interruptions() {
    return settings.interruptions();
  }

  KnownAgents agents() {
    return agents;
  }

  MessageForm<Object> form() {
    if (form == null) {
      throw new IllegalStateException("this version is not supported");
    }
    return form;
  }

  /**
   * Returns the conversation of a memory in the current call.
   *
   * @param store the framework's object that keeps it in the heap
   * @param id the framework's id of the memory
   * @return the conversation; {@code null} if the memory stays in the heap
   */
  @Nullable Conversation conversation(Object store, @Nullable Object id) {
    String name = String.valueOf(id);
    if (form == null || id == null || name.isEmpty() || isOnlyIdentity(id, name)) {
      return null;
    }
    boolean isDefault = framework.isDefault(name);
    MemorySlot slot = slot(store, name);
    SessionKey called = CallKeys.current(name, isDefault);
    SessionKey key = called == null ? slot.keyOutsideOfCalls() : called;
    boolean kept = !isDefault || !key.session().equals(name) || defaults.keep(store, key);
    return kept ? slot.conversation(key) : null;
  }

  /** An object without a text of its own has another one after the next start. */
  private boolean isOnlyIdentity(Object id, String name) {
    if (!name.equals(id.getClass().getName() + "@" + Integer.toHexString(id.hashCode()))) {
      return false;
    }
    GildLog.infoOnce(
        "The chat memories of %s whose ids are objects of %s stay in memory, because their texts differ after each start: give that class a toString()"
            .formatted(framework.title(), id.getClass().getName()));
    return true;
  }

  private MemorySlot slot(Object store, String id) {
    return slots(store).computeIfAbsent(id, first -> new MemorySlot(this, id));
  }

  private Map<String, MemorySlot> slots(Object store) {
    synchronized (slots) {
      return slots.computeIfAbsent(store, first -> new ConcurrentHashMap<>());
    }
  }

  /** Forgets a memory that was deleted, unless others use its id or the store failed. */
  void forget(Object store, @Nullable Object id, Conversation deleted) {
    if (deleted.isKept()) {
      slots(store)
          .computeIfPresent(
              String.valueOf(id), (name, slot) -> slot.hasOnly(deleted) ? null : slot);
    }
  }

  /** Returns the ids of the sessions of the current agent; empty if the store fails. */
  Collection<?> ids() {
    SessionKey called = CallKeys.current("ids", false);
    SessionKey owner = called == null ? new SessionKey("", "", "ids") : called;
    List<String> ids = attempt(owner, FrameworkSessions::ids);
    return ids == null ? List.of() : ids;
  }

  /** Deletes a session and what leads to it; returns {@code null} if the store fails. */
  @Nullable Boolean delete(SessionKey key) {
    return attemptAll(sessions -> {
      ownedBy(key, sessions).delete(key.session());
      agents.remove(key, sessions);
      return true;
    });
  }

  /**
   * Uses the sessions of a tenant and agent.
   *
   * @param key names them
   * @param action uses them; must not return {@code null}
   * @return its result; {@code null} if the store failed, now or just before
   */
  <T> @Nullable T attempt(SessionKey key, Function<FrameworkSessions<Object>, T> action) {
    return attemptAll(sessions -> action.apply(ownedBy(key, sessions)));
  }

  /** The same with the sessions of all. */
  <T> @Nullable T attemptAll(Function<Sessions, T> action) {
    if (settings.clock().now().isBefore(pausedUntil)) {
      return null;
    }
    try {
      Sessions sessions = settings.sessions();
      return sessions == null ? null : action.apply(sessions);
    } catch (MemoryException failure) {
      pausedUntil = settings.clock().now().plus(PAUSE);
      GildLog.faultOnce("Keeping the chat memories of " + framework.title(), failure);
    } catch (RuntimeException | LinkageError failure) {
      GildLog.faultOnce("Keeping a chat memory of " + framework.title(), failure);
    }
    return null;
  }

  private FrameworkSessions<Object> ownedBy(SessionKey key, Sessions sessions) {
    synchronized (owners) {
      return owners.computeIfAbsent(
          new SessionKey(key.tenant(), key.agent(), "all"),
          owner -> new FrameworkSessions<>(sessions, owner.tenant(), owner.agent(), form()));
    }
  }

  private static final class RecentOwners
      extends LinkedHashMap<SessionKey, FrameworkSessions<Object>> {

    private static final long serialVersionUID = 1L;

    RecentOwners() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<SessionKey, FrameworkSessions<Object>> eldest) {
      return size() > OWNERS;
    }
  }
}
