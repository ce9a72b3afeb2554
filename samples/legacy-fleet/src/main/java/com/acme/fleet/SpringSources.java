package com.acme.fleet;

import java.util.List;

/** Agents on Spring AI, without a running Spring application. */
final class SpringSources {

  private SpringSources() {}

  static Source chatClient() {
    return new Source(
        List.of("org.springframework.ai.chat.client.ChatClient"),
        """
        private STATICfinal ChatClient client =
            ChatClient.builder(Models.spring(MODEL)).defaultSystem(PROMPT).build();
        """
            .indent(2),
        "    return client.prompt().user(question).call().content();\n",
        "");
  }

  static Source chatModel() {
    return new Source(
        List.of(
            "org.springframework.ai.chat.model.ChatModel",
            "org.springframework.ai.chat.prompt.Prompt",
            "org.springframework.stereotype.Service"),
        "  private STATICfinal ChatModel model = Models.spring(MODEL);\n",
        "    return model.call(new Prompt(PROMPT + question)).getResult().getOutput().getText();\n",
        "");
  }
}
