package io.gild.memories;

import io.gild.core.PerClass;
import io.gild.weaver.spi.JoinPoint;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A method of a store of chat memories. */
final class MemoryJoinPoint implements JoinPoint {

  private final MemoryFramework framework;
  private final MemoryOperation operation;
  private final StoreSettings settings;
  private final PerClass<StoredMemories> memories;

  MemoryJoinPoint(
      MemoryFramework framework,
      MemoryOperation operation,
      StoreSettings settings,
      PerClass<StoredMemories> memories) {
    this.framework = framework;
    this.operation = operation;
    this.settings = settings;
    this.memories = memories;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    return self != null && settings.keep(framework)
        ? operation.run(memories.get(self.getClass()), self, arguments)
        : null;
  }

  @Override
  public boolean wantsHandle() {
    return false;
  }
}
