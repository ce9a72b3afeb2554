package com.acme.quickstart;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.gild.langchain4j.GildChatModelListener;
import java.util.List;

/** Asks the agent the question on the command line. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    ChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(System.getenv().getOrDefault("OPENAI_BASE_URL", "https://api.openai.com/v1"))
            .apiKey(System.getenv("OPENAI_API_KEY"))
            .maxRetries(0)
            .listeners(List.of(new GildChatModelListener()))
            .build();
    SupportAgent agent = SupportAgent_Gild.gilded(model, "You are the support desk of Acme.");
    System.out.println(agent.answer(String.join(" ", args), null));
  }
}
