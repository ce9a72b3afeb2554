package com.acme.library;

import java.time.Duration;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.api.OllamaEmbeddingOptions;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** On Spring AI and its client of Ollama, which retries only chats that are not streamed. */
public class SpringAiOllamaDesk extends SpringAiDesk {

  public SpringAiOllamaDesk() {
    this(OllamaApi.builder().baseUrl(provider()).build());
  }

  private SpringAiOllamaDesk(OllamaApi api) {
    super(
        OllamaChatModel.builder()
            .ollamaApi(api)
            .options(OllamaChatOptions.builder().model(MODEL).build())
            .retryTemplate(retries())
            .build(),
        OllamaEmbeddingModel.builder()
            .ollamaApi(api)
            .options(OllamaEmbeddingOptions.builder().model(MODEL).build())
            .build());
  }

  private static RetryTemplate retries() {
    return new RetryTemplate(
        RetryPolicy.builder().maxRetries(maxRetries()).delay(Duration.ofMillis(10)).build());
  }
}
