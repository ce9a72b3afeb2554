package com.acme.fleet;

import java.util.List;

/** Agents on the vendors' own clients. */
final class ClientSources {

  private ClientSources() {}

  static Source openAi() {
    return new Source(
        List.of(
            "com.openai.client.OpenAIClient",
            "com.openai.models.chat.completions.ChatCompletion",
            "com.openai.models.chat.completions.ChatCompletionCreateParams"),
        "  private STATICfinal OpenAIClient client = Models.openAi();\n",
        """
            ChatCompletion completion =
                client
                    .chat()
                    .completions()
                    .create(
                        ChatCompletionCreateParams.builder()
                            .model(MODEL)
                            .addSystemMessage(PROMPT)
                            .addUserMessage(question)
                            .build());
            return completion.choices().get(0).message().content().orElse("");
        """,
        "");
  }

  static Source anthropic() {
    return new Source(
        List.of(
            "com.anthropic.client.AnthropicClient",
            "com.anthropic.models.messages.Message",
            "com.anthropic.models.messages.MessageCreateParams"),
        "  private STATICfinal AnthropicClient client = Models.anthropic();\n",
        """
            MessageCreateParams params =
                MessageCreateParams.builder()
                    .model("claude-sonnet-4-5")
                    .maxTokens(500)
                    .system(PROMPT)
                    .addUserMessage(question)
                    .build();
            Message message = client.messages().create(params);
            StringBuilder text = new StringBuilder();
            message.content().forEach(block -> block.text().ifPresent(each -> text.append(each.text())));
            return text.toString();
        """,
        "");
  }
}
