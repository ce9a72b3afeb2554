package dev.langchain4j.example;

import com.acme.library.Desk;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;

/** An application's class in a package that libraries have, too. */
public final class OwnDesk extends Desk {

  private final ChatModel model =
      OpenAiChatModel.builder()
          .baseUrl(provider())
          .apiKey("none")
          .modelName(MODEL)
          .maxRetries(0)
          .build();

  @Override
  public String chat(String question) {
    return model.chat(question);
  }
}
