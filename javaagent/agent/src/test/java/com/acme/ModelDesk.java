package com.acme;

import dev.langchain4j.model.chat.ChatModel;

/** An agent that calls a model without using Gild. */
public class ModelDesk {

  private final ChatModel model;

  public ModelDesk(ChatModel model) {
    this.model = model;
  }

  public String answer(String question) {
    return model.chat(question);
  }
}
