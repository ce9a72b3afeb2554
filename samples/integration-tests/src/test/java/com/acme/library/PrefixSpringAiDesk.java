package com.acme.library;

import java.util.List;
import org.springframework.ai.anthropic.AnthropicCacheOptions;
import org.springframework.ai.anthropic.AnthropicCacheStrategy;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;

/** On Spring AI's client of Anthropic, with instructions that are always the same. */
public final class PrefixSpringAiDesk extends Desk {

  private final AnthropicChatModel model =
      AnthropicChatModel.builder().options(options().build()).build();

  private static AnthropicChatOptions.Builder options() {
    return AnthropicChatOptions.builder()
        .baseUrl(provider())
        .apiKey("none")
        .model(MODEL)
        .maxTokens(1000)
        .maxRetries(0);
  }

  @Override
  public String chat(String question) {
    AnthropicChatOptions.Builder options = options();
    if (question.startsWith("marked")) {
      options.cacheOptions(
          AnthropicCacheOptions.builder().strategy(AnthropicCacheStrategy.SYSTEM_ONLY).build());
    }
    return model
        .call(
            new Prompt(
                List.of(new SystemMessage(INSTRUCTIONS), new UserMessage(question)),
                options.build()))
        .getResult()
        .getOutput()
        .getText();
  }
}
