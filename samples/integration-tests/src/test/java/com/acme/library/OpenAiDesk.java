package com.acme.library;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.JsonValue;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** On openai-java. Its other way is the Responses API. */
public class OpenAiDesk extends Desk {

  final OpenAIClient client =
      OpenAIOkHttpClient.builder()
          .baseUrl(provider())
          .apiKey("none")
          .maxRetries(maxRetries())
          .build();
  final OpenAIClientAsync later =
      OpenAIOkHttpClientAsync.builder()
          .baseUrl(provider())
          .apiKey("none")
          .maxRetries(maxRetries())
          .build();

  static ChatCompletionCreateParams.Builder asking(String question) {
    return ChatCompletionCreateParams.builder().model(MODEL).addUserMessage(question);
  }

  /** Returns the request of a question. */
  ChatCompletionCreateParams.Builder prefixed(String question) {
    return asking(question);
  }

  private static String text(ChatCompletion completion) {
    return completion.choices().get(0).message().content().orElseThrow();
  }

  @Override
  public String chat(String question) {
    return text(client.chat().completions().create(prefixed(question).build()));
  }

  @Override
  public String async(String question) throws Exception {
    return later
        .chat()
        .completions()
        .create(prefixed(question).build())
        .thenApply(OpenAiDesk::text)
        .get(20, TimeUnit.SECONDS);
  }

  @Override
  public String stream(String question) {
    ChatCompletionCreateParams params =
        prefixed(question)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(params)) {
      return chunks.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .flatMap(choice -> choice.delta().content().stream())
          .collect(Collectors.joining(SEAM));
    }
  }

  /** Pushed chunks of the Responses API. */
  @Override
  public String push(String question) throws Exception {
    StringBuilder text = new StringBuilder();
    AsyncStreamResponse<ResponseStreamEvent> events =
        later
            .responses()
            .createStreaming(ResponseCreateParams.builder().model(MODEL).input(question).build());
    events.subscribe(event ->
        event.outputTextDelta().ifPresent(chunk -> text.append(chunk.delta()).append(SEAM)));
    events.onCompleteFuture().get(20, TimeUnit.SECONDS);
    return text.toString();
  }

  @Override
  public String tool(String question) {
    ChatCompletionCreateParams.Builder conversation =
        asking(question)
            .addFunctionTool(
                FunctionDefinition.builder()
                    .name("time")
                    .parameters(
                        FunctionParameters.builder()
                            .additionalProperties(Map.of("type", JsonValue.from("object")))
                            .build())
                    .build());
    ChatCompletion first = client.chat().completions().create(conversation.build());
    ChatCompletionMessage message = first.choices().get(0).message();
    if (message.toolCalls().isEmpty()) {
      return text(first);
    }
    conversation
        .addMessage(message)
        .addMessage(
            ChatCompletionToolMessageParam.builder()
                .toolCallId(message.toolCalls().get().get(0).asFunction().id())
                .content("noon")
                .build());
    return text(client.chat().completions().create(conversation.build()));
  }

  @Override
  public String embed(String text) {
    return String.valueOf(
        client
            .embeddings()
            .create(EmbeddingCreateParams.builder().model(MODEL).input(text).build())
            .data()
            .get(0)
            .embedding()
            .size());
  }

  @Override
  public String other(String question) {
    Response response =
        client
            .responses()
            .create(ResponseCreateParams.builder().model(MODEL).input(question).build());
    return response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .map(part -> part.asOutputText().text())
        .collect(Collectors.joining());
  }
}
