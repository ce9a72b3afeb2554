package io.gild.memories;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a method of a store does. */
enum MemoryOperation {
  /** Returns the messages of a memory. */
  READ {
    @Override
    @Nullable Object run(StoredMemories memories, Object store, @Nullable Object[] arguments) {
      Conversation conversation = memories.conversation(store, arguments[0]);
      return conversation == null ? null : conversation.read();
    }
  },
  /** Replaces them. */
  WRITE {
    @Override
    @Nullable Object run(StoredMemories memories, Object store, @Nullable Object[] arguments) {
      Conversation conversation = memories.conversation(store, arguments[0]);
      return conversation == null || !(arguments[1] instanceof List<?> messages)
          ? null
          : conversation.write(messages);
    }
  },
  /** Removes a memory. */
  DELETE {
    @Override
    @Nullable Object run(StoredMemories memories, Object store, @Nullable Object[] arguments) {
      Conversation conversation = memories.conversation(store, arguments[0]);
      if (conversation == null) {
        return null;
      }
      Object call = conversation.delete();
      memories.forget(store, arguments[0], conversation);
      return call;
    }
  },
  /** Lists the ids of all memories. */
  LIST {
    @Override
    @Nullable Object run(StoredMemories memories, Object store, @Nullable Object[] arguments) {
      return new ListedIds(memories);
    }
  };

  /** Returns the operation of a method; {@code null} if it is another one. */
  static @Nullable MemoryOperation of(String method, String descriptor) {
    return switch (method + descriptor) {
      case "getMessages(Ljava/lang/Object;)Ljava/util/List;",
          "findByConversationId(Ljava/lang/String;)Ljava/util/List;" ->
          READ;
      case "updateMessages(Ljava/lang/Object;Ljava/util/List;)V",
          "saveAll(Ljava/lang/String;Ljava/util/List;)V" ->
          WRITE;
      case "deleteMessages(Ljava/lang/Object;)V", "deleteByConversationId(Ljava/lang/String;)V" ->
          DELETE;
      case "findConversationIds()Ljava/util/List;" -> LIST;
      default -> null;
    };
  }

  /**
   * Runs the operation on the sessions.
   *
   * @return a call that replaces or watches the method itself; {@code null} if that one just runs
   */
  abstract @Nullable Object run(
      StoredMemories memories, Object store, @Nullable Object[] arguments);
}
