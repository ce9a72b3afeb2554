package com.acme.library;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;

/** Looks things up with a model in its own process, and calls a remote one. */
public class LocalDesk extends Desk {

  private final ChatModel model =
      OpenAiChatModel.builder()
          .baseUrl(provider())
          .apiKey("none")
          .modelName(MODEL)
          .maxRetries(maxRetries())
          .build();
  private final EmbeddingModel local;

  /** Creates a desk. */
  public LocalDesk() throws ReflectiveOperationException {
    local =
        (EmbeddingModel)
            Class.forName(
                    "dev.langchain4j.model.embedding.onnx.allminilml6v2q"
                        + ".AllMiniLmL6V2QuantizedEmbeddingModel")
                .getConstructor()
                .newInstance();
  }

  @Override
  public String chat(String question) {
    int dimension = local.embed(question).content().dimension();
    return dimension + " " + model.chat(question);
  }
}
