package com.acme.web;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Creates a Flux of the chunks that openai-java pushes. */
@RestController
public class AsyncController {

  private final OpenAIClient client =
      OpenAIOkHttpClient.builder()
          .baseUrl(System.getenv("PROVIDER"))
          .apiKey("none")
          .maxRetries(0)
          .build();

  @GetMapping("/chat")
  public Flux<String> chat(@RequestParam("question") String question) {
    AsyncStreamResponse<ChatCompletionChunk> chunks =
        client.async().chat().completions().createStreaming(params(question));
    return Flux.create(new Sending(chunks)::send);
  }

  private static ChatCompletionCreateParams params(String question) {
    return ChatCompletionCreateParams.builder()
        .model("own-model")
        .addUserMessage(question)
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .build();
  }

  /** Sends chunks to a sink. */
  private record Sending(AsyncStreamResponse<ChatCompletionChunk> chunks) {

    void send(FluxSink<String> sink) {
      chunks.subscribe(
          new AsyncStreamResponse.Handler<>() {
            @Override
            public void onNext(ChatCompletionChunk chunk) {
              chunk.choices().forEach(choice -> choice.delta().content().ifPresent(sink::next));
            }

            @Override
            public void onComplete(Optional<Throwable> failure) {
              failure.ifPresentOrElse(sink::error, sink::complete);
            }
          });
    }
  }
}
