package com.acme.shapes;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import reactor.core.publisher.Flux;

/** On Spring AI and its client of OpenAI. */
@SuppressWarnings("this-escape") // a way runs only after construction
public class SpringAiProgram extends Program {

  public SpringAiProgram() {
    this(OpenAiChatModel.builder().options(options("none")).build(), SpringAiProgram::options);
    embeddings(
        OpenAiEmbeddingModel.builder().options(embedding("none")).build(),
        SpringAiProgram::embedding);
  }

  /** Adds the way of a vendor that has embeddings. */
  protected final void embeddings(
      EmbeddingModel embeddings, Function<String, EmbeddingOptions> options) {
    List<String> texts = List.of("Hello", "world");
    way("embed", model -> seen(embeddings.call(new EmbeddingRequest(texts, options.apply(model)))));
  }

  /** Calls models of any vendor. */
  protected SpringAiProgram(ChatModel chats, Function<String, ChatOptions> options) {
    way("chat", model -> seen(chats.call(asking(options.apply(model)))));
    way("stream", model -> callbacks(chats.stream(asking(options.apply(model)))));
  }

  private static OpenAiChatOptions options(String model) {
    return OpenAiChatOptions.builder()
        .baseUrl(PROVIDER)
        .apiKey("none")
        .model(model)
        .maxRetries(0)
        .build();
  }

  private static OpenAiEmbeddingOptions embedding(String model) {
    OpenAiEmbeddingOptions.Builder builder = OpenAiEmbeddingOptions.builder();
    builder.baseUrl(PROVIDER);
    builder.apiKey("none");
    builder.model(model);
    builder.maxRetries(0);
    return builder.build();
  }

  private static Prompt asking(ChatOptions options) {
    return new Prompt(List.of(new UserMessage("Hello")), options);
  }

  /** Prints a whole response; its own text has a different order in each JVM. */
  private static String seen(ChatResponse response) {
    StringBuilder seen = new StringBuilder(response.getClass().getName());
    ChatResponseMetadata metadata = response.getMetadata();
    seen.append(metadata.getId()).append(metadata.getModel()).append(metadata.getUsage());
    Map<String, Object> others = new TreeMap<>();
    metadata.entrySet().forEach(entry -> others.put(entry.getKey(), entry.getValue()));
    seen.append(others);
    for (Generation generation : response.getResults()) {
      AssistantMessage message = generation.getOutput();
      seen.append(message.getText()).append(message.getToolCalls());
      seen.append(new TreeMap<>(message.getMetadata()));
      seen.append(generation.getMetadata());
    }
    return seen.toString();
  }

  private static String seen(EmbeddingResponse response) {
    StringBuilder seen = new StringBuilder(response.getClass().getName());
    seen.append(response.getMetadata().getModel()).append(response.getMetadata().getUsage());
    for (Embedding embedding : response.getResults()) {
      seen.append(embedding.getIndex()).append(Arrays.toString(embedding.getOutput()));
    }
    return seen.toString();
  }

  private static String callbacks(Flux<ChatResponse> chunks) {
    Callbacks callbacks = new Callbacks();
    chunks
        .doOnNext(chunk -> callbacks.add("next", seen(chunk)))
        .doOnError(failure -> callbacks.add("error", failure(failure)))
        .doOnComplete(() -> callbacks.add("complete", ""))
        .onErrorComplete()
        .blockLast();
    return callbacks.toString();
  }
}
