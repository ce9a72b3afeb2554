package com.acme.memory;

import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;

/**
 * The same with a chat memory of Spring AI. It calls no model, because the threads of Spring AI's
 * clients keep the application in memory, with and without Gild.
 */
public final class SpringRememberingDesk {

  /** A value of the application's own class. */
  private static final class Own extends java.util.ArrayList<String> {
    private static final long serialVersionUID = 1L;
  }

  private SpringRememberingDesk() {}

  /** Has a conversation. */
  public static String all(String question) {
    ChatMemory memory = MessageWindowChatMemory.builder().build();
    memory.add(
        "own",
        List.of(
            new UserMessage(question),
            AssistantMessage.builder()
                .content("answer")
                .properties(Map.of("list", new Own()))
                .build()));
    return String.valueOf(memory.get("own").size());
  }
}
