package com.acme.library;

import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** On openai-java, by its raw responses. Its other way reads the body by itself. */
public class OpenAiRawDesk extends OpenAiDesk {

  private static final Pattern CONTENT = Pattern.compile("\"content\" ?: ?\"([^\"]*)\"");

  private static String text(HttpResponseFor<ChatCompletion> response) {
    try (response) {
      return response.parse().choices().get(0).message().content().orElseThrow();
    }
  }

  @Override
  public String chat(String question) {
    return text(client.chat().completions().withRawResponse().create(asking(question).build()));
  }

  @Override
  public String async(String question) throws Exception {
    return later
        .chat()
        .completions()
        .withRawResponse()
        .create(asking(question).build())
        .thenApply(OpenAiRawDesk::text)
        .get(20, TimeUnit.SECONDS);
  }

  private static ChatCompletionCreateParams streamed(String question) {
    return asking(question)
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .build();
  }

  private static String joined(HttpResponseFor<StreamResponse<ChatCompletionChunk>> response) {
    try (StreamResponse<ChatCompletionChunk> chunks = response.parse()) {
      return chunks.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .flatMap(choice -> choice.delta().content().stream())
          .collect(Collectors.joining());
    }
  }

  @Override
  public String stream(String question) {
    return joined(
        client.chat().completions().withRawResponse().createStreaming(streamed(question)));
  }

  @Override
  public String push(String question) throws Exception {
    return joined(
        later
            .chat()
            .completions()
            .withRawResponse()
            .createStreaming(streamed(question))
            .get(20, TimeUnit.SECONDS));
  }

  @Override
  public String embed(String text) {
    try (HttpResponseFor<CreateEmbeddingResponse> response =
        client
            .embeddings()
            .withRawResponse()
            .create(EmbeddingCreateParams.builder().model(MODEL).input(text).build())) {
      return String.valueOf(response.parse().data().get(0).embedding().size());
    }
  }

  @Override
  public String other(String question) {
    try (HttpResponseFor<ChatCompletion> response =
            client.chat().completions().withRawResponse().create(asking(question).build());
        InputStream body = response.body()) {
      String json = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      return CONTENT.matcher(json).results().map(found -> found.group(1)).findFirst().orElseThrow();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
