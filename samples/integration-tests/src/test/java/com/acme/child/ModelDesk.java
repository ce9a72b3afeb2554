package com.acme.child;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An unmodified agent on LangChain4j. */
public class ModelDesk {

  private static final class Holder {
    static final ModelDesk DESK = new ModelDesk(System.getenv("PROVIDER"));
  }

  private final OpenAiChatModel model;
  private final OpenAiStreamingChatModel streaming;

  private ModelDesk(String baseUrl) {
    model =
        OpenAiChatModel.builder()
            .baseUrl(baseUrl)
            .apiKey("none")
            .modelName("own-model")
            .maxRetries(Integer.getInteger("retries", 0))
            .build();
    streaming =
        OpenAiStreamingChatModel.builder()
            .baseUrl(baseUrl)
            .apiKey("none")
            .modelName("own-model")
            .build();
  }

  static ModelDesk shared() {
    return Holder.DESK;
  }

  public String answer(String question) {
    return model.chat(question);
  }

  public String stream(String question) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    StringBuilder chunks = new StringBuilder();
    streaming.chat(
        question,
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String chunk) {
            chunks.append(chunk);
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
  }

  /** The tool. */
  static final class Clock {
    @Tool("tells the time")
    String time() {
      return "noon";
    }
  }

  public String useTool(String question) {
    return AiServices.builder(Assistant.class)
        .chatModel(model)
        .tools(new Clock())
        .build()
        .ask(question);
  }
}
