package io.gild.memories;

import io.gild.weaver.ClassShape;
import org.jspecify.annotations.Nullable;

/** A framework with chat memories: the classes that keep them in the heap, and its adapter. */
enum MemoryFramework {
  /** Its windows of messages have a private store of one memory each, unless they get another. */
  LANGCHAIN4J(
      "LangChain4j",
      "io.gild.memory.langchain4j.ChatMessageForm",
      "type",
      "default",
      "dev/langchain4j/store/memory/chat/InMemoryChatMemoryStore",
      "dev/langchain4j/memory/chat/SingleSlotChatMemoryStore"),
  /** Its one repository is shared by all memories that get no other. */
  SPRING_AI(
      "Spring AI",
      "io.gild.memory.springai.SpringMessageForm",
      "getMessageType",
      null,
      "org/springframework/ai/chat/memory/InMemoryChatMemoryRepository",
      null);

  private final String title;
  private final String form;
  private final String typeMethod;
  private final @Nullable String defaultId;
  private final String sharedStore;
  private final @Nullable String privateStore;

  MemoryFramework(
      String title,
      String form,
      String typeMethod,
      @Nullable String defaultId,
      String sharedStore,
      @Nullable String privateStore) {
    this.title = title;
    this.form = form;
    this.typeMethod = typeMethod;
    this.defaultId = defaultId;
    this.sharedStore = sharedStore;
    this.privateStore = privateStore;
  }

  /** Returns the name for people. */
  String title() {
    return title;
  }

  /** Returns the name of the adapter's class that translates messages. */
  String form() {
    return form;
  }

  /** Returns the method of a message that returns what it is, such as {@code USER}. */
  String typeMethod() {
    return typeMethod;
  }

  /** Returns whether a class keeps memories of this framework in the heap. */
  boolean keepsIn(ClassShape shape) {
    return shape.is(sharedStore) || privateStore != null && shape.is(privateStore);
  }

  /** Returns whether a store belongs to one memory alone. */
  boolean isPrivate(Object store) {
    return privateStore != null
        && store.getClass().getName().equals(privateStore.replace('/', '.'));
  }

  /** Returns whether an id is that of all memories without one. */
  boolean isDefault(String id) {
    return id.equals(defaultId);
  }
}
