package com.acme.newsroom;

import dev.langchain4j.model.chat.ChatModel;
import io.gild.annotations.Agent;
import io.gild.annotations.CostTracked;
import io.gild.annotations.GoldenTask;
import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;
import io.gild.annotations.Skill;

/** Reviews articles. */
@Agent(name = "reviewer", version = "1.0", description = "Reviews articles.")
public class Reviewer {

  private final ChatModel model;

  public Reviewer(ChatModel model) {
    this.model = model;
  }

  @Skill(description = "Reviews an article and gives it a score from 1 to 10", tags = "review")
  @GoldenTask(id = "review", input = "An article on sails", expected = ".+", validator = "regex")
  @Retry(maxAttempts = 4, waitDuration = "20ms")
  @CostTracked
  public String review(@Prompt String text) {
    return model.chat("Review this article, and begin with \"Score: N\":\n" + text);
  }
}
