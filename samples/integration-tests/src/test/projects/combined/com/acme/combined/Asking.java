package com.acme.combined;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.gild.core.CallContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.SubmissionPublisher;

/** The common methods of all desks. */
final class Asking {

  private final ChatModel model;
  private final StreamingChatModel streaming;

  Asking(ChatModel model, StreamingChatModel streaming) {
    this.model = model;
    this.streaming = streaming;
  }

  String blocking(String question) {
    return model.chat(question);
  }

  CompletableFuture<String> future(String question) {
    Executor pool = ForkJoinPool.commonPool();
    return CompletableFuture.supplyAsync(
        () -> model.chat(question), Boolean.getBoolean("carry") ? CallContext.executor(pool) : pool);
  }

  Flow.Publisher<String> stream(String question) {
    return subscriber -> {
      SubmissionPublisher<String> chunks = new SubmissionPublisher<>();
      chunks.subscribe(subscriber);
      streaming.chat(
          question,
          new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String chunk) {
              chunks.submit(chunk);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
              chunks.close();
            }

            @Override
            public void onError(Throwable failure) {
              chunks.closeExceptionally(failure);
            }
          });
    };
  }
}
