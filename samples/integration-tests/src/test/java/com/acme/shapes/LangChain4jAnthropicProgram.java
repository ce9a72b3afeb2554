package com.acme.shapes;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;

/** On LangChain4j and its client of Anthropic. */
public final class LangChain4jAnthropicProgram extends LangChain4jProgram {

  public LangChain4jAnthropicProgram() {
    super(
        AnthropicChatModel.builder()
            .baseUrl(PROVIDER + "/v1/")
            .apiKey("none")
            .modelName("none")
            .maxRetries(0)
            .build(),
        AnthropicStreamingChatModel.builder()
            .baseUrl(PROVIDER + "/v1/")
            .apiKey("none")
            .modelName("none")
            .build());
  }
}
