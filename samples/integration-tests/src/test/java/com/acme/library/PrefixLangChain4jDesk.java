package com.acme.library;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;

/** On LangChain4j's client of Anthropic, with instructions and tools that are always the same. */
public final class PrefixLangChain4jDesk extends Desk {

  private final ChatModel model = model(false);
  private final ChatModel marking = model(true);

  private static ChatModel model(boolean cached) {
    return AnthropicChatModel.builder()
        .baseUrl(provider() + "/v1/")
        .apiKey("none")
        .modelName(MODEL)
        .maxRetries(0)
        .cacheSystemMessages(cached)
        .build();
  }

  private static ToolSpecification stableTool(String name) {
    return ToolSpecification.builder().name(name).description(INSTRUCTIONS).build();
  }

  @Override
  public String chat(String question) {
    ChatRequest request =
        ChatRequest.builder()
            .messages(SystemMessage.from(INSTRUCTIONS), UserMessage.from(question))
            .toolSpecifications(stableTool("weather"), stableTool("time"))
            .build();
    ChatModel asked = question.startsWith("marked") ? marking : model;
    return asked.chat(request).aiMessage().text();
  }
}
