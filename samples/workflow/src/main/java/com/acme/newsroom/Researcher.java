package com.acme.newsroom;

import dev.langchain4j.model.chat.ChatModel;
import io.gild.annotations.Agent;
import io.gild.annotations.CostTracked;
import io.gild.annotations.GoldenTask;
import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;
import io.gild.annotations.Skill;

/** Collects facts. */
@Agent(name = "research", version = "1.0", description = "Finds facts for articles.")
public class Researcher {

  private final ChatModel model;

  public Researcher(ChatModel model) {
    this.model = model;
  }

  @Skill(description = "Collects facts on a topic", tags = "facts")
  @GoldenTask(id = "facts", input = "solar sails", expected = ".+", validator = "regex")
  @Retry(maxAttempts = 4, waitDuration = "20ms")
  @CostTracked
  public String research(@Prompt String text) {
    return model.chat("Collect three facts on this topic:\n" + text);
  }
}
