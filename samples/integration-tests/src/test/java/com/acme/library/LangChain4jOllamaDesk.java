package com.acme.library;

import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;

/** On LangChain4j and its client of Ollama. */
public class LangChain4jOllamaDesk extends LangChain4jDesk {

  public LangChain4jOllamaDesk() {
    super(
        OllamaChatModel.builder()
            .baseUrl(provider())
            .modelName(MODEL)
            .maxRetries(maxRetries())
            .build(),
        OllamaStreamingChatModel.builder().baseUrl(provider()).modelName(MODEL).build(),
        OllamaEmbeddingModel.builder()
            .baseUrl(provider())
            .modelName(MODEL)
            .maxRetries(maxRetries())
            .build());
  }
}
