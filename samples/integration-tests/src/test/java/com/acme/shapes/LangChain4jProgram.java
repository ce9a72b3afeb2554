package com.acme.shapes;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** On LangChain4j and its client of OpenAI. */
@SuppressWarnings("this-escape") // a way runs only after construction
public class LangChain4jProgram extends Program {

  public LangChain4jProgram() {
    this(
        OpenAiChatModel.builder()
            .baseUrl(PROVIDER)
            .apiKey("none")
            .modelName("none")
            .maxRetries(0)
            .build(),
        OpenAiStreamingChatModel.builder()
            .baseUrl(PROVIDER)
            .apiKey("none")
            .modelName("none")
            .build());
    OneClient client = new OneClient();
    embeddings(model ->
        OpenAiEmbeddingModel.builder()
            .httpClientBuilder(client)
            .baseUrl(PROVIDER)
            .apiKey("none")
            .modelName(model)
            .maxRetries(0)
            .build());
  }

  /** Adds the ways of a vendor that has embeddings; their models have one name each. */
  protected final void embeddings(Function<String, EmbeddingModel> named) {
    List<TextSegment> texts = List.of(TextSegment.from("Hello"), TextSegment.from("world"));
    way("embed", model -> named.apply(model).embed("Hello"));
    way("embed-segment", model -> named.apply(model).embed(texts.get(0)));
    way("embed-all", model -> named.apply(model).embedAll(texts));
  }

  /** Calls models of any vendor. */
  protected LangChain4jProgram(ChatModel chats, StreamingChatModel streams) {
    way("chat", model -> chats.chat(asking(model)));
    way("stream", model -> callbacks(streams, model));
  }

  private static ChatRequest asking(String model) {
    return ChatRequest.builder().messages(UserMessage.from("Hello")).modelName(model).build();
  }

  private static String callbacks(StreamingChatModel streams, String model) throws Exception {
    Callbacks callbacks = new Callbacks();
    CompletableFuture<Object> end = new CompletableFuture<>();
    streams.chat(
        asking(model),
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String chunk) {
            callbacks.add("partial", chunk);
          }

          @Override
          public void onPartialThinking(PartialThinking thinking) {
            callbacks.add("thinking", thinking);
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
            callbacks.add("complete", response);
            end.complete(response);
          }

          @Override
          public void onError(Throwable failure) {
            callbacks.add("error", failure(failure));
            end.complete(failure);
          }
        });
    end.get(10, TimeUnit.SECONDS);
    return callbacks.toString();
  }
}
