package com.acme.library;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.tool.annotation.Tool;

/** On Spring AI, whose model of OpenAI uses openai-java. */
public class SpringAiDesk extends Desk {

  private final ChatModel model;
  private final EmbeddingModel embeddings;

  public SpringAiDesk() {
    this(
        OpenAiChatModel.builder()
            .options(
                OpenAiChatOptions.builder()
                    .baseUrl(provider())
                    .apiKey("none")
                    .model(MODEL)
                    .maxRetries(maxRetries())
                    .build())
            .build(),
        OpenAiEmbeddingModel.builder().options(embeddingOptions()).build());
  }

  /** Calls models of any vendor. */
  protected SpringAiDesk(ChatModel model, EmbeddingModel embeddings) {
    this.model = model;
    this.embeddings = embeddings;
  }

  private static OpenAiEmbeddingOptions embeddingOptions() {
    OpenAiEmbeddingOptions.Builder builder = OpenAiEmbeddingOptions.builder();
    builder.baseUrl(provider());
    builder.apiKey("none");
    builder.model(MODEL);
    builder.maxRetries(maxRetries());
    return builder.build();
  }

  @Override
  public String chat(String question) {
    return model.call(question);
  }

  @Override
  public String stream(String question) {
    return String.join(SEAM, model.stream(question).collectList().block());
  }

  /** Returns the metadata of a stream's chunks. */
  @Override
  public String other(String question) {
    return model.stream(new Prompt(question))
        .map(SpringAiDesk::metadata)
        .collectList()
        .block()
        .stream()
        .collect(Collectors.joining("; "));
  }

  private static String metadata(ChatResponse chunk) {
    Map<String, Object> all = new TreeMap<>();
    all.put("response.id", chunk.getMetadata().getId());
    all.put("response.model", chunk.getMetadata().getModel());
    chunk.getMetadata().entrySet().forEach(each -> all.put("r." + each.getKey(), each.getValue()));
    for (Generation generation : chunk.getResults()) {
      all.put("finish", String.valueOf(generation.getMetadata().getFinishReason()));
      generation
          .getMetadata()
          .entrySet()
          .forEach(each -> all.put("g." + each.getKey(), each.getValue()));
      generation.getOutput().getMetadata().forEach((key, value) -> all.put("m." + key, value));
    }
    all.values()
        .removeIf(value ->
            !(value instanceof String || value instanceof Number || value instanceof Boolean));
    return all.toString();
  }

  /** The tool. */
  public static final class Clock {
    @Tool(description = "tells the time")
    public String time() {
      return noon();
    }
  }

  @Override
  public String tool(String question) {
    return ChatClient.create(model).prompt(question).tools(new Clock()).call().content();
  }

  @Override
  public String embed(String text) {
    return String.valueOf(embeddings.embed(text).length);
  }
}
