package com.acme.shapes;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** On anthropic-java. */
public final class AnthropicProgram extends Program {

  private final AnthropicClient client =
      AnthropicOkHttpClient.builder().baseUrl(PROVIDER).apiKey("none").maxRetries(0).build();
  private final AnthropicClientAsync later =
      AnthropicOkHttpClientAsync.builder().baseUrl(PROVIDER).apiKey("none").maxRetries(0).build();

  public AnthropicProgram() {
    way("chat", model -> client.messages().create(asking(model)));
    way("future", model -> await(later.messages().create(asking(model))));
    way("stream", model -> all(client.messages().createStreaming(asking(model))));
    way("push", model -> callbacks(later.messages().createStreaming(asking(model))));
    way("raw", model -> parsed(client.messages().withRawResponse().create(asking(model))));
    way("raw-body", model -> body(client.messages().withRawResponse().create(asking(model))));
    way(
        "raw-later",
        model ->
            parsed(
                later
                    .messages()
                    .withRawResponse()
                    .create(asking(model))
                    .get(30, TimeUnit.SECONDS)));
    way(
        "raw-stream",
        model -> streamed(client.messages().withRawResponse().createStreaming(asking(model))));
    way(
        "raw-stream-body",
        model -> body(client.messages().withRawResponse().createStreaming(asking(model))));
    way(
        "raw-stream-later",
        model ->
            streamed(
                later
                    .messages()
                    .withRawResponse()
                    .createStreaming(asking(model))
                    .get(30, TimeUnit.SECONDS)));
  }

  private static MessageCreateParams asking(String model) {
    return MessageCreateParams.builder()
        .model(model)
        .maxTokens(1000)
        .addUserMessage("Hello")
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
