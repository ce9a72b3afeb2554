package com.acme.quickstart;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.gild.annotations.Agent;
import io.gild.annotations.Cached;
import io.gild.annotations.CircuitBreaker;
import io.gild.annotations.CostTracked;
import io.gild.annotations.GoldenTask;
import io.gild.annotations.Model;
import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;
import io.gild.annotations.Routed;

/** A customer support agent: one method, governed by its annotations. */
@Agent(name = "support", version = "1.0", description = "Answers customers about orders and hours.")
public class SupportAgent {

  private final ChatModel model;
  private final String instructions;

  public SupportAgent(ChatModel model, String instructions) {
    this.model = model;
    this.instructions = instructions;
  }

  @GoldenTask(
      id = "refund-policy",
      input = "What is the refund policy?",
      expected = "30 days",
      validator = "contains",
      tags = "smoke")
  @GoldenTask(
      id = "opening-hours",
      input = "When are you open on Saturdays?",
      expected = "\\b10\\s?(am|:00)",
      validator = "regex")
  @Cached(normalize = true)
  @Routed
  @Retry(maxAttempts = 5, waitDuration = "50ms")
  @CircuitBreaker
  @CostTracked
  public String answer(@Prompt String question, @Model String modelName) {
    ChatRequest request =
        ChatRequest.builder()
            .messages(SystemMessage.from(instructions), UserMessage.from(question))
            .modelName(modelName)
            .build();
    return model.chat(request).aiMessage().text();
  }
}
