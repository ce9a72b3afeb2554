package io.gild.memories;

import com.google.auto.service.AutoService;
import io.gild.core.PerClass;
import io.gild.weaver.ClassShape;
import io.gild.weaver.LazyRuntime;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Weaves the stores in which frameworks keep chat memories in the heap. */
final class ChatMemories implements Library {

  private final StoreSettings settings;
  private final Map<MemoryFramework, PerClass<StoredMemories>> memories =
      new EnumMap<>(MemoryFramework.class);

  ChatMemories(LazyRuntime runtime) {
    this.settings = new StoreSettings(runtime);
    for (MemoryFramework framework : MemoryFramework.values()) {
      memories.put(
          framework, new PerClass<>(type -> new StoredMemories(framework, settings, type)));
    }
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    for (MemoryFramework framework : MemoryFramework.values()) {
      MemoryOperation operation =
          framework.keepsIn(shape) ? MemoryOperation.of(method.name(), method.descriptor()) : null;
      PerClass<StoredMemories> known = memories.get(framework);
      if (operation != null && known != null) {
        return new MemoryJoinPoint(framework, operation, settings, known);
      }
    }
    return null;
  }

  /** Makes the library. */
  @AutoService(LibraryProvider.class)
  public static final class Provider implements LibraryProvider {

    /** Creates a provider. */
    public Provider() {}

    /** Repeats the names, because the enum's initialization would cost time before main. */
    @Override
    public Set<String> classes() {
      return Set.of(
          "dev/langchain4j/store/memory/chat/InMemoryChatMemoryStore",
          "dev/langchain4j/memory/chat/SingleSlotChatMemoryStore",
          "org/springframework/ai/chat/memory/InMemoryChatMemoryRepository");
    }

    @Override
    public Library create(LibraryContext context) {
      return new ChatMemories(context.runtime());
    }
  }
}
