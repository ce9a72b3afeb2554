package com.acme.newsroom;

import dev.langchain4j.model.chat.ChatModel;
import io.gild.annotations.Agent;
import io.gild.annotations.CostTracked;
import io.gild.annotations.GoldenTask;
import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;
import io.gild.annotations.Skill;

/** Writes articles. */
@Agent(name = "writer", version = "1.0", description = "Writes articles from facts.")
public class Writer {

  private final ChatModel model;

  public Writer(ChatModel model) {
    this.model = model;
  }

  @Skill(description = "Writes or revises an article", tags = "articles")
  @GoldenTask(
      id = "articles",
      input = "Facts: sails reflect light",
      expected = ".+",
      validator = "regex")
  @Retry(maxAttempts = 4, waitDuration = "20ms")
  @CostTracked
  public String write(@Prompt String text) {
    return model.chat("Write an article from these notes:\n" + text);
  }
}
