package com.acme.web;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** The model that the controllers on Spring AI call. */
final class Models {

  private Models() {}

  static ChatModel openAi() {
    return OpenAiChatModel.builder()
        .options(
            OpenAiChatOptions.builder()
                .baseUrl(System.getenv("PROVIDER"))
                .apiKey("none")
                .model("own-model")
                .maxRetries(0)
                .build())
        .build();
  }
}
