package io.gild.memory;

import io.gild.config.Suggestions;
import io.gild.core.HostClasses;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.Embedder;
import io.gild.memory.MemorySettings.LongTermSettings;
import io.gild.memory.MemorySettings.SessionSettings;
import io.gild.memory.spi.MemoryStore;
import io.gild.memory.spi.MemoryStoreProvider;
import io.gild.memory.spi.SessionStore;
import io.gild.memory.spi.SessionStoreProvider;
import io.gild.vectors.Bm25;
import io.gild.vectors.Bm25Index;
import io.gild.vectors.FlatVectorIndex;
import io.gild.vectors.VectorSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Supplier;

/** Opens the stores that the settings name. */
final class Stores {

  static final String IN_PROCESS = "in-process";
  static final String FOLDER = "folder";

  /** Stores that Gild brings in artifacts of their own. */
  private static final Map<String, String> ARTIFACTS =
      Map.of("redis", "io.gild:gild-memory-redis", "postgres", "io.gild:gild-memory-postgres");

  private Stores() {}

  static SessionStore sessions(RuntimeScope runtime, SessionSettings settings, boolean writable) {
    return switch (settings.store()) {
      case IN_PROCESS ->
          new InProcessSessionStore(settings.maxSessions(), settings.maxBytes(), runtime.clock());
      case FOLDER -> {
        Path folder = folder(runtime, "sessions");
        yield writable
            ? new FolderSessionStore(folder, runtime.clock())
            : FolderSessionStore.reading(folder, runtime.clock());
      }
      default ->
          provider(
                  SessionStoreProvider.class,
                  SessionStoreProvider::name,
                  settings.store(),
                  "memory.session.store")
              .open(runtime);
    };
  }

  static MemoryStore memories(
      RuntimeScope runtime, LongTermSettings settings, VectorSpace space, boolean writable) {
    Supplier<Bm25Index> texts = () -> new Bm25Index(Bm25.MESSAGES);
    return switch (settings.store()) {
      case IN_PROCESS -> new EmbeddedMemoryStore(texts.get(), new FlatVectorIndex(space));
      case FOLDER -> {
        Path folder = folder(runtime, "memories");
        FlatVectorIndex vectors = new FlatVectorIndex(space);
        yield writable
            ? new EmbeddedMemoryStore(folder, texts.get(), vectors, settings.maxLoaded())
            : EmbeddedMemoryStore.reading(folder, texts.get(), vectors);
      }
      default ->
          provider(
                  MemoryStoreProvider.class,
                  MemoryStoreProvider::name,
                  settings.store(),
                  "memory.long-term.store")
              .open(runtime, space);
    };
  }

  static VectorSpace space(Embedder embedder) {
    return new VectorSpace(embedder.name(), embedder.embed("dimensions").length);
  }

  static int reembed(RuntimeScope runtime, LongTermSettings settings, Embedder embedder) {
    VectorSpace space = space(embedder);
    return switch (settings.store()) {
      case IN_PROCESS ->
          throw new MemoryException(
              "memory.long-term.store is in-process: its memories end with the application", null);
      case FOLDER -> Reembedding.run(folder(runtime, "memories"), embedder, space);
      default ->
          provider(
                  MemoryStoreProvider.class,
                  MemoryStoreProvider::name,
                  settings.store(),
                  "memory.long-term.store")
              .reembed(runtime, space, memory -> Memories.vector(memory, embedder, space));
    };
  }

  static Path folder(RuntimeScope runtime, String name) {
    return runtime.settings().data().resolve(name);
  }

  private static <P> P provider(
      Class<P> type, Function<P, String> name, String wanted, String key) {
    List<String> names = new ArrayList<>(List.of(IN_PROCESS, FOLDER));
    for (P each : ServiceLoader.load(type, Stores.class.getClassLoader())) {
      if (name.apply(each).equals(wanted)) {
        return each;
      }
      names.add(name.apply(each));
    }
    String artifact = ARTIFACTS.get(wanted);
    String remedy =
        artifact == null
            ? "expected one of "
                + String.join(", ", names)
                + "."
                + Suggestions.didYouMean(wanted, names)
            : HostClasses.attached()
                ? "which the javaagent does not have: use a folder, or annotate the agents and add the dependency "
                    + artifact
                    + " to the application."
                : "whose module is absent: add the dependency " + artifact + ".";
    throw new MemoryException(
        key + " is " + wanted + (artifact == null ? "; " : ", ") + remedy, null);
  }
}
