package io.gild.twin;

import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;
import io.gild.memory.AgentMemory;
import io.gild.memory.MemoryException;
import io.gild.memory.MemoryRecord;
import io.gild.memory.SessionSnapshot;
import io.gild.vectors.VectorSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the memories and sessions of an agent exactly those of a twin; other agents keep theirs.
 *
 * <p>All or nothing: the whole twin is checked first, and then copied into the data folder in one
 * step. From then on the restore counts as done: what is left of it after the death of the JVM is
 * done by {@link #finish}, which {@link TwinModule} calls when a runtime starts. Until then no one
 * else gets the memories. This holds for every store, also for one whose changes are made key by
 * key. A store that other JVMs use meanwhile may get their changes, too. Not thread-safe.
 */
@Experimental
public final class TwinRestore {

  private static final String SUFFIX = ".twin";
  private static final String SHARED = "-shared";

  private final RuntimeScope runtime;
  private final AgentMemory memory;

  /**
   * Creates a restore.
   *
   * @param runtime has the data folder and the clock
   * @param memory where the twin is restored to: {@link AgentMemory#restoring}, or the
   *     application's own
   */
  public TwinRestore(RuntimeScope runtime, AgentMemory memory) {
    this.runtime = runtime;
    this.memory = memory;
  }

  /**
   * Returns what a restore would do, and does nothing.
   *
   * @param file the twin
   * @param shared whether memories that all agents share are replaced, too
   * @return the changes
   * @throws TwinException if the twin cannot be restored
   * @throws MemoryException if the stores cannot be opened, such as while an application uses them
   */
  public TwinChanges plan(TwinFile file, boolean shared) {
    return apply(file, new RestoreScope(file.twin().agent(), shared), true);
  }

  /**
   * Restores a twin, after what an interrupted restore has left.
   *
   * @param file the twin
   * @param shared whether memories that all agents share are replaced, too
   * @return the changes
   * @throws TwinException if the twin cannot be restored; nothing was changed
   * @throws MemoryException if the stores cannot be opened, such as while an application uses them
   */
  public TwinChanges run(TwinFile file, boolean shared) {
    finish();
    TwinChanges planned = plan(file, shared);
    if (!planned.any()) {
      return planned;
    }
    Path intent = intent(file.twin().agent(), shared);
    TwinFile.write(intent, file);
    finish();
    return planned;
  }

  /**
   * Finishes interrupted restores.
   *
   * @return the names of their agents; empty if there was none
   * @throws TwinException if one cannot be finished; the next call tries again
   */
  public List<String> finish() {
    List<String> agents = new ArrayList<>();
    for (Path intent : pending(runtime)) {
      boolean shared = intent.getFileName().toString().endsWith(SHARED + SUFFIX);
      TwinFile file = TwinFile.open(intent);
      apply(file, new RestoreScope(file.twin().agent(), shared), false);
      try {
        Files.delete(intent);
      } catch (IOException failure) {
        throw new TwinException("Cannot delete " + intent + ": " + failure, failure);
      }
      agents.add(file.twin().agent());
    }
    return agents;
  }

  /** Returns the twins whose restore has begun and not ended. */
  static List<Path> pending(RuntimeScope runtime) {
    Path folder = AgentMemory.restores(runtime);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException failure) {
      throw new TwinException("Cannot list " + folder + ": " + failure, failure);
    }
  }

  private Path intent(String agent, boolean shared) {
    String name = Sha256.of(agent).substring(0, 32);
    return AgentMemory.restores(runtime).resolve(name + (shared ? SHARED : "") + SUFFIX);
  }

  private TwinChanges apply(TwinFile file, RestoreScope scope, boolean dry) {
    Twin twin = file.twin();
    boolean facts = !twin.absent().containsKey("memories");
    boolean conversations = !twin.absent().containsKey("sessions");
    if (facts) {
      requireSpace(twin);
    }
    MemoryRestore memories = new MemoryRestore(memory.memories().store(), scope, dry);
    SessionRestore sessions =
        new SessionRestore(memory.sessions().store(), scope.agent(), runtime.clock(), dry);
    file.visit(
        new TwinVisitor() {
          @Override
          public void memory(MemoryRecord record) {
            if (scope.contains(record.memory().owner())) {
              memories.add(record);
            }
          }

          @Override
          public void session(SessionSnapshot session) {
            if (session.key().agent().equals(scope.agent())) {
              sessions.add(session);
            }
          }
        });
    if (facts) {
      memories.finish();
    }
    if (conversations) {
      sessions.finish();
    }
    return new TwinChanges(
        memories.written(),
        memories.removed(),
        memories.same(),
        sessions.written(),
        sessions.removed(),
        sessions.same(),
        notes(twin, sessions));
  }

  private void requireSpace(Twin twin) {
    VectorSpace present = memory.memories().store().space();
    VectorSpace own = twin.vectors();
    if (own != null && !own.equals(present)) {
      throw new TwinException(
          "The vectors of the twin are those of %s with %d dimensions, but %s with %d dimensions is in use. Vectors of two models are never compared. Nothing was restored. Set memory.long-term.embedder to the twin's."
              .formatted(own.model(), own.dimensions(), present.model(), present.dimensions()));
    }
  }

  private static List<String> notes(Twin twin, SessionRestore sessions) {
    List<String> notes = new ArrayList<>();
    for (String section : List.of("memories", "sessions")) {
      String why = twin.absent().get(section);
      if (why != null) {
        notes.add(
            "The %s stay as they are: the twin has none, because %s.".formatted(section, why));
      }
    }
    if (sessions.expired() > 0) {
      notes.add(
          "%d sessions of the twin have expired since and are left out."
              .formatted(sessions.expired()));
    }
    return notes;
  }
}
