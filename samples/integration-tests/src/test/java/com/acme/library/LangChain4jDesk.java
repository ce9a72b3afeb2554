package com.acme.library;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** On LangChain4j and its client of OpenAI. */
public class LangChain4jDesk extends Desk {

  private final ChatModel model;
  private final StreamingChatModel streaming;
  private final EmbeddingModel embeddings;

  public LangChain4jDesk() {
    this(
        OpenAiChatModel.builder()
            .baseUrl(provider())
            .apiKey("none")
            .modelName(MODEL)
            .maxRetries(maxRetries())
            .build(),
        OpenAiStreamingChatModel.builder()
            .baseUrl(provider())
            .apiKey("none")
            .modelName(MODEL)
            .build(),
        OpenAiEmbeddingModel.builder()
            .baseUrl(provider())
            .apiKey("none")
            .modelName(MODEL)
            .maxRetries(maxRetries())
            .build());
  }

  /** Calls models of any vendor. */
  protected LangChain4jDesk(
      ChatModel model, StreamingChatModel streaming, EmbeddingModel embeddings) {
    this.model = model;
    this.streaming = streaming;
    this.embeddings = embeddings;
  }

  @Override
  public String chat(String question) {
    return model.chat(question);
  }

  @Override
  public String stream(String question) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    StringBuilder chunks = new StringBuilder();
    streaming.chat(
        question,
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String chunk) {
            chunks.append(chunk).append(SEAM);
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
            answer.complete(chunks.toString());
          }

          @Override
          public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
          }
        });
    return answer.get(20, TimeUnit.SECONDS);
  }

  /** The interface of the assistant with a tool. */
  interface Assistant {
    String ask(String question);

    /** Creates one, for golden tasks. */
    static Assistant create() {
      return new LangChain4jDesk().assistant();
    }
  }

  /** The tool. */
  static final class Clock {
    @Tool("tells the time")
    String time() {
      return noon();
    }
  }

  @Override
  public String tool(String question) {
    return assistant().ask(question);
  }

  private Assistant assistant() {
    return AiServices.builder(Assistant.class).chatModel(model).tools(new Clock()).build();
  }

  @Override
  public String embed(String text) {
    return String.valueOf(embeddings.embed(text).content().dimension());
  }
}
