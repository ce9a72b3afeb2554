package com.acme.shapes;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** On openai-java. */
public final class OpenAiProgram extends Program {

  private final OpenAIClient client =
      OpenAIOkHttpClient.builder().baseUrl(PROVIDER).apiKey("none").maxRetries(0).build();
  private final OpenAIClientAsync later =
      OpenAIOkHttpClientAsync.builder().baseUrl(PROVIDER).apiKey("none").maxRetries(0).build();

  public OpenAiProgram() {
    way("chat", model -> client.chat().completions().create(chat(model)));
    way("future", model -> await(later.chat().completions().create(chat(model))));
    way("stream", model -> all(client.chat().completions().createStreaming(chat(model))));
    way("push", model -> callbacks(later.chat().completions().createStreaming(chat(model))));
    way("raw", model -> parsed(client.chat().completions().withRawResponse().create(chat(model))));
    way(
        "raw-body",
        model -> body(client.chat().completions().withRawResponse().create(chat(model))));
    way(
        "raw-later",
        model ->
            parsed(
                later
                    .chat()
                    .completions()
                    .withRawResponse()
                    .create(chat(model))
                    .get(30, TimeUnit.SECONDS)));
    way(
        "raw-stream",
        model ->
            streamed(client.chat().completions().withRawResponse().createStreaming(chat(model))));
    way(
        "raw-stream-body",
        model -> body(client.chat().completions().withRawResponse().createStreaming(chat(model))));
    way(
        "raw-stream-later",
        model ->
            streamed(
                later
                    .chat()
                    .completions()
                    .withRawResponse()
                    .createStreaming(chat(model))
                    .get(30, TimeUnit.SECONDS)));
    way("responses", model -> client.responses().create(response(model)));
    way("responses-stream", model -> all(client.responses().createStreaming(response(model))));
    way("responses-push", model -> callbacks(later.responses().createStreaming(response(model))));
    way(
        "responses-raw",
        model -> parsed(client.responses().withRawResponse().create(response(model))));
    way(
        "responses-raw-stream",
        model -> streamed(client.responses().withRawResponse().createStreaming(response(model))));
    way("embed", model -> client.embeddings().create(embedding(model)));
    way("embed-future", model -> await(later.embeddings().create(embedding(model))));
    way(
        "embed-raw",
        model -> parsed(client.embeddings().withRawResponse().create(embedding(model))));
    way(
        "embed-raw-body",
        model -> body(client.embeddings().withRawResponse().create(embedding(model))));
  }

  private static ChatCompletionCreateParams chat(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello").build();
  }

  private static ResponseCreateParams response(String model) {
    return ResponseCreateParams.builder().model(model).input("Hello").build();
  }

  private static EmbeddingCreateParams embedding(String model) {
    return EmbeddingCreateParams.builder()
        .model(model)
        .inputOfArrayOfStrings(List.of("Hello", "world"))
        .build();
  }

  private static String all(StreamResponse<?> response) {
    try (response) {
      return response.stream().map(String::valueOf).collect(Collectors.joining("|"));
    }
  }

  private static String parsed(HttpResponseFor<?> response) {
    try (response) {
      Object parsed = response.parse();
      return head(response) + (parsed == response.parse()) + parsed;
    }
  }

  private static String streamed(HttpResponseFor<? extends StreamResponse<?>> response) {
    return head(response) + all(response.parse());
  }

  private static String body(HttpResponse response) throws Exception {
    try (response;
        InputStream body = response.body()) {
      return head(response) + new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String head(HttpResponse response) {
    return response.statusCode()
        + response.headers().values("content-type").toString()
        + response.requestId();
  }

  private static String callbacks(AsyncStreamResponse<?> response) throws Exception {
    Callbacks callbacks = new Callbacks();
    AsyncStreamResponse<?> same = subscribe(response, callbacks);
    try {
      response.onCompleteFuture().get(30, TimeUnit.SECONDS);
      callbacks.add("future", same == response);
    } catch (java.util.concurrent.ExecutionException failed) {
      callbacks.add("future", failure(failed.getCause()));
    }
    return callbacks.toString();
  }

  private static <T> AsyncStreamResponse<T> subscribe(
      AsyncStreamResponse<T> response, Callbacks callbacks) {
    return response.subscribe(
        new AsyncStreamResponse.Handler<T>() {
          @Override
          public void onNext(T chunk) {
            callbacks.add("next", chunk);
          }

          @Override
          public void onComplete(Optional<Throwable> failure) {
            callbacks.add("complete", failure.map(Program::failure));
          }
        });
  }
}
