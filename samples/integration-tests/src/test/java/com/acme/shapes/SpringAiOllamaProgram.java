package com.acme.shapes;

import java.time.Duration;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.api.OllamaEmbeddingOptions;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** On Spring AI and its client of Ollama. */
public final class SpringAiOllamaProgram extends SpringAiProgram {

  public SpringAiOllamaProgram() {
    super(
        OllamaChatModel.builder()
            .ollamaApi(OllamaApi.builder().baseUrl(PROVIDER).build())
            .options(OllamaChatOptions.builder().model("none").build())
            .retryTemplate(
                new RetryTemplate(
                    RetryPolicy.builder().maxRetries(0).delay(Duration.ofMillis(10)).build()))
            .build(),
        model -> OllamaChatOptions.builder().model(model).build());
    embeddings(
        OllamaEmbeddingModel.builder()
            .ollamaApi(OllamaApi.builder().baseUrl(PROVIDER).build())
            .options(OllamaEmbeddingOptions.builder().model("none").build())
            .build(),
        model -> OllamaEmbeddingOptions.builder().model(model).build());
  }
}
