package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.core.GildLog;
import io.gild.core.PersonalData;
import io.gild.core.RuntimeScope;
import io.gild.core.WorkTraces;
import io.gild.core.spi.Embedder;
import io.gild.core.spi.ModelClient;
import io.gild.memory.MemorySettings.LongTermSettings;
import io.gild.memory.MemorySettings.SessionSettings;
import io.gild.memory.MemorySettings.Summary;
import io.gild.vectors.HashEmbedder;
import io.gild.vectors.VectorSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The memory of the agents of a runtime, as its settings define it. Stores are opened at first use.
 * Thread-safe.
 */
@Experimental
public final class AgentMemory implements AutoCloseable {

  private static final Duration SUMMARY_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final RuntimeScope runtime;
  private final MemorySettings settings;
  private final boolean writable;
  private final boolean restoring;
  private @Nullable Sessions sessions;
  private @Nullable Memories memories;
  private @Nullable Experiences experiences;

  private AgentMemory(RuntimeScope runtime, boolean writable, boolean restoring) {
    this.runtime = runtime;
    this.writable = writable;
    this.restoring = restoring;
    this.settings = runtime.settings().get(MemorySettings.SECTION);
  }

  /**
   * Returns the memory of a runtime.
   *
   * @param runtime the runtime; closes it
   * @return the memory
   */
  public static AgentMemory of(RuntimeScope runtime) {
    return runtime.shared(AgentMemory.class, scope -> new AgentMemory(scope, true, false));
  }

  /**
   * Opens the memory of a runtime for reading, also while another process uses its folder.
   *
   * @param runtime the runtime
   * @return the memory; the caller closes it
   */
  public static AgentMemory reading(RuntimeScope runtime) {
    return new AgentMemory(runtime, false, false);
  }

  /**
   * Opens the memory of a runtime to restore an agent, also after a restore that was interrupted.
   *
   * @param runtime the runtime
   * @return the memory; the caller closes it
   */
  public static AgentMemory restoring(RuntimeScope runtime) {
    return new AgentMemory(runtime, true, true);
  }

  /**
   * Returns the folder of restores that have begun and not ended. While there is a file in it, only
   * {@link #restoring} opens a memory, because an agent may have parts of two states.
   *
   * @param runtime the runtime
   * @return the folder; it need not exist
   */
  public static Path restores(RuntimeScope runtime) {
    return Stores.folder(runtime, "restores");
  }

  private void requireWhole() {
    Path folder = restores(runtime);
    if (restoring || !Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.anyMatch(file -> !file.getFileName().toString().startsWith("."))) {
        throw new MemoryException(
            "%s has a restore that was interrupted or is running, so that an agent has parts of two states. Run \"gild twin restore --finish\", or add the dependency io.gild:gild-twin, which finishes it at the start."
                .formatted(folder.toAbsolutePath()),
            null);
      }
    } catch (IOException failure) {
      throw new MemoryException("Cannot list " + folder + ": " + failure, failure);
    }
  }

  /**
   * Returns how memories are consolidated.
   *
   * @return the consolidation of these memories by the settings
   * @throws MemoryException if their store cannot be opened
   */
  public Consolidation consolidation() {
    return new Consolidation(memories(), settings.consolidation());
  }

  /**
   * Embeds all memories again, with the embedder of the settings.
   *
   * @return how many memories were embedded
   * @throws MemoryException if another process uses the folder, or the store ends with this process
   */
  public int reembed() {
    return Stores.reembed(runtime, settings.longTerm(), embedder(settings.longTerm().embedder()));
  }

  /**
   * Returns the conversations.
   *
   * @return the sessions
   * @throws MemoryException if their store cannot be opened
   */
  public synchronized Sessions sessions() {
    Sessions known = sessions;
    if (known == null) {
      requireWhole();
      known = openSessions();
      sessions = known;
    }
    return known;
  }

  private Sessions openSessions() {
    SessionSettings own = settings.session();
    Sessions.Builder builder =
        Sessions.builder(Stores.sessions(runtime, own, writable))
            .limits(new SessionLimits(own.maxMessages(), own.maxTokens()))
            .timeToLive(own.timeToLive())
            .maxMessageBytes(own.maxMessageBytes())
            .clock(runtime.clock());
    if (own.summary() != Summary.NONE) {
      Optional<ModelClient> client = own.summary() == Summary.MODEL ? client() : Optional.empty();
      builder.summarizer(
          client.isEmpty()
              ? new ExtractiveSummarizer()
              : new ModelSummarizer(
                  client.get(),
                  own.summaryModel() == null ? "" : own.summaryModel(),
                  SUMMARY_TIMEOUT),
          own.summaryTokens(),
          own.keptTurns());
      Executor executor = client.isEmpty() ? Runnable::run : runtime.attemptExecutor();
      builder.executor(executor);
    }
    Sessions opened = builder.build();
    if (own.timeToLive() != null && writable) {
      sweep(opened);
    }
    return opened;
  }

  private static Optional<ModelClient> client() {
    Optional<ModelClient> client =
        ServiceLoader.load(ModelClient.class, AgentMemory.class.getClassLoader()).findFirst();
    if (client.isEmpty()) {
      GildLog.infoOnce(
          "memory.session.summary is model, but no model client is on the class path, so sessions are summarized without a model: add the dependency io.gild:gild-langchain4j");
    }
    return client;
  }

  private void sweep(Sessions opened) {
    runtime
        .scheduler()
        .scheduleWithFixedDelay(
            () ->
                runtime
                    .attemptExecutor()
                    .execute(
                        () -> quietly("Deleting sessions", () -> opened.store().removeExpired())),
            SWEEP.toMillis(),
            SWEEP.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * Returns the facts.
   *
   * @return the memories
   * @throws MemoryException if their store cannot be opened
   */
  public synchronized Memories memories() {
    Memories known = memories;
    if (known == null) {
      requireWhole();
      LongTermSettings own = settings.longTerm();
      Embedder embedder = embedder(own.embedder());
      VectorSpace space = new VectorSpace(embedder.name(), embedder.embed("dimensions").length);
      Set<PersonalData.Kind> redact = EnumSet.noneOf(PersonalData.Kind.class);
      redact.addAll(own.redact());
      known =
          Memories.builder(Stores.memories(runtime, own, space, writable), embedder)
              .clock(runtime.clock())
              .weights(settings.recall())
              .redaction(text -> PersonalData.redacted(redact, text))
              .spans(new MemorySpans(WorkTraces.of(runtime), own.store()))
              .build();
      memories = known;
    }
    return known;
  }

  private static Embedder embedder(@Nullable String name) {
    for (Embedder each : ServiceLoader.load(Embedder.class, AgentMemory.class.getClassLoader())) {
      if (name == null || each.name().startsWith(name)) {
        return each;
      }
    }
    Embedder hashed = new HashEmbedder();
    if (name == null || hashed.name().startsWith(name)) {
      return hashed;
    }
    throw new MemoryException(
        "memory.long-term.embedder is %s, but no such embedder is on the class path: add its dependency, such as io.gild:gild-embeddings-minilm for all-minilm."
            .formatted(name),
        null);
  }

  /**
   * Returns the finished tasks.
   *
   * @return the experiences
   * @throws MemoryException if their store cannot be opened
   */
  public synchronized Experiences experiences() {
    Experiences known = experiences;
    if (known == null) {
      known = new Experiences(memories(), settings.maxExperiences());
      experiences = known;
    }
    return known;
  }

  /**
   * Consolidates all tenants.
   *
   * @return how many steps were done
   */
  public int consolidate() {
    Consolidation consolidation = consolidation();
    return memories().store().tenants().stream()
        .mapToInt(tenant -> consolidation.run(tenant).steps().size())
        .sum();
  }

  void consolidateRegularly() {
    Duration every = settings.consolidateEvery();
    if (every != null) {
      runtime
          .scheduler()
          .scheduleWithFixedDelay(
              () ->
                  runtime
                      .attemptExecutor()
                      .execute(() -> quietly("Consolidating memories", this::consolidate)),
              every.toMillis(),
              every.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  /** Closing the runtime may come first. */
  private static void quietly(String what, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      GildLog.faultOnce(what, failure);
    }
  }

  /**
   * Forgets a user: facts, experiences, and sessions whose context value {@code user} is that user.
   * No byte of them stays in the stores.
   *
   * @param tenant the tenant
   * @param user the user; not empty
   * @return how many memories and sessions were removed
   */
  public int forgetUser(String tenant, String user) {
    int forgotten = memories().forgetUser(tenant, user);
    for (SessionKey key : sessions().store().sessions(tenant)) {
      ChatSession session = sessions().session(key);
      if (session.value(ChatSession.USER).filter(user::equals).isPresent() && session.delete()) {
        forgotten++;
      }
    }
    return forgotten;
  }

  /** Closes the stores. */
  @Override
  public synchronized void close() {
    if (sessions != null) {
      sessions.close();
    }
    if (memories != null) {
      memories.close();
    }
  }
}
