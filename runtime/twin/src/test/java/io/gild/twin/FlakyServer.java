package io.gild.twin;

import io.gild.core.RuntimeScope;
import io.gild.core.spi.Clock;
import io.gild.memory.EmbeddedMemoryStore;
import io.gild.memory.InProcessSessionStore;
import io.gild.memory.Memory;
import io.gild.memory.MemoryException;
import io.gild.memory.spi.MemoryStore;
import io.gild.memory.spi.MemoryStoreProvider;
import io.gild.memory.spi.SessionStore;
import io.gild.memory.spi.SessionStoreProvider;
import io.gild.vectors.Bm25;
import io.gild.vectors.Bm25Index;
import io.gild.vectors.FlatVectorIndex;
import io.gild.vectors.VectorSpace;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores that outlive a runtime, change key by key, and fail when a test wants it. */
final class FlakyServer {

  static final String NAME = "flaky";

  private static SessionStore sessions = new InProcessSessionStore(1_000, 1 << 30, Clock.SYSTEM);
  private static @Nullable MemoryStore memories;
  private static int changesLeft = Integer.MAX_VALUE;

  private FlakyServer() {}

  /** Forgets everything, and works. */
  static void reset() {
    sessions = new InProcessSessionStore(1_000, 1 << 30, Clock.SYSTEM);
    memories = null;
    changesLeft = Integer.MAX_VALUE;
  }

  /** Fails after a number of changes. */
  static void failAfter(int changes) {
    changesLeft = changes;
  }

  private static <S> S flaky(Class<S> type, S store) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(store, method, arguments)));
  }

  private static @Nullable Object call(Object store, Method method, Object[] arguments)
      throws Throwable {
    if (method.getName().equals("close")) {
      return null; // the server goes on
    }
    if (List.of("change", "delete").contains(method.getName()) && changesLeft-- <= 0) {
      throw new MemoryException("the server is away", null);
    }
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** Opens the sessions. */
  public static final class Sessions implements SessionStoreProvider {

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public SessionStore open(RuntimeScope runtime) {
      return flaky(SessionStore.class, sessions);
    }
  }

  /** Opens the memories. */
  public static final class Memories implements MemoryStoreProvider {

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public MemoryStore open(RuntimeScope runtime, VectorSpace space) {
      MemoryStore known = memories;
      if (known == null) {
        known = new EmbeddedMemoryStore(new Bm25Index(Bm25.MESSAGES), new FlatVectorIndex(space));
        memories = known;
      }
      return flaky(MemoryStore.class, known);
    }

    @Override
    public int reembed(
        RuntimeScope runtime, VectorSpace space, Function<Memory, float[]> embedding) {
      throw new UnsupportedOperationException();
    }
  }
}
