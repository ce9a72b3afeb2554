package com.acme.shapes;

import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;

/** On LangChain4j and its client of Ollama. */
public final class LangChain4jOllamaProgram extends LangChain4jProgram {

  public LangChain4jOllamaProgram() {
    super(
        OllamaChatModel.builder().baseUrl(PROVIDER).modelName("none").maxRetries(0).build(),
        OllamaStreamingChatModel.builder().baseUrl(PROVIDER).modelName("none").build());
    OneClient client = new OneClient();
    embeddings(model ->
        OllamaEmbeddingModel.builder()
            .httpClientBuilder(client)
            .baseUrl(PROVIDER)
            .modelName(model)
            .maxRetries(0)
            .build());
  }
}
