package com.acme.shapes;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.prompt.ChatOptions;

/** On Spring AI and its client of Anthropic, which uses anthropic-java. */
public final class SpringAiAnthropicProgram extends SpringAiProgram {

  public SpringAiAnthropicProgram() {
    super(
        AnthropicChatModel.builder().options(options("none")).build(),
        SpringAiAnthropicProgram::asking);
  }

  private static ChatOptions asking(String model) {
    return options(model);
  }

  private static AnthropicChatOptions options(String model) {
    return AnthropicChatOptions.builder()
        .baseUrl(PROVIDER)
        .apiKey("none")
        .model(model)
        .maxTokens(1000)
        .maxRetries(0)
        .build();
  }
}
