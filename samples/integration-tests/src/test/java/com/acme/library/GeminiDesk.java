package com.acme.library;

import com.google.genai.AsyncChat;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Tool;
import java.util.concurrent.TimeUnit;

/** On google-genai. Its other way is an asynchronous chat that streams and continues. */
public class GeminiDesk extends Desk {

  private final Client client = Client.builder().apiKey("none").httpOptions(options()).build();
  private final AsyncChat conversation = client.async.chats.create(MODEL);

  /** As JSON, since old versions know no retries. */
  static HttpOptions options() {
    String retries =
        "{\"attempts\":" + (maxRetries() + 1) + ",\"initialDelay\":0.01,\"jitter\":0.01}";
    return HttpOptions.fromJson(
        "{\"baseUrl\":\"" + provider() + "\",\"retryOptions\":" + retries + "}");
  }

  @Override
  public String chat(String question) {
    return client.models.generateContent(MODEL, question, null).text();
  }

  @Override
  public String async(String question) throws Exception {
    return client
        .async
        .models
        .generateContent(MODEL, question, null)
        .thenApply(GenerateContentResponse::text)
        .get(20, TimeUnit.SECONDS);
  }

  @Override
  public String stream(String question) {
    return joined(client.models.generateContentStream(MODEL, question, null));
  }

  @Override
  public String other(String question) throws Exception {
    return joined(conversation.sendMessageStream(question).get(20, TimeUnit.SECONDS));
  }

  private static String joined(ResponseStream<GenerateContentResponse> stream) {
    try (stream) {
      StringBuilder chunks = new StringBuilder();
      stream.forEach(chunk -> chunks.append(chunk.text()));
      return chunks.toString();
    }
  }

  /** The tool, which the library calls by itself. */
  public static String time() {
    return "noon";
  }

  @Override
  public String tool(String question) throws Exception {
    Tool clock = Tool.builder().functions(GeminiDesk.class.getMethod("time")).build();
    return client
        .models
        .generateContent(MODEL, question, GenerateContentConfig.builder().tools(clock).build())
        .text();
  }

  @Override
  public String embed(String text) {
    return String.valueOf(
        client
            .models
            .embedContent(MODEL, text, EmbedContentConfig.builder().build())
            .embeddings()
            .orElseThrow()
            .get(0)
            .values()
            .orElseThrow()
            .size());
  }
}
