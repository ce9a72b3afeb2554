package com.acme;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import io.gild.annotations.Session;
import java.util.List;

/** An application with one memory; the annotations only name the parameter. */
public class MemoryDesk {

  private final ChatMemory memory;

  public MemoryDesk(ChatMemory memory) {
    this.memory = memory;
  }

  /** Adds a message. */
  public List<String> say(String text) {
    memory.add(UserMessage.from(text));
    return texts();
  }

  /** The same, for a session. */
  public List<String> sayIn(@Session String session, String text) {
    return say(text);
  }

  /** Replaces the instructions. */
  public void instruct(String text) {
    memory.add(SystemMessage.from(text));
  }

  public void clear() {
    memory.clear();
  }

  /** Returns the texts of all messages. */
  public List<String> texts() {
    return memory.messages().stream().map(MemoryDesk::text).toList();
  }

  private static String text(ChatMessage message) {
    return message instanceof SystemMessage system
        ? system.text()
        : ((UserMessage) message).singleText();
  }
}
