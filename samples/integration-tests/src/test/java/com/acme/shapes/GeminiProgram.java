package com.acme.shapes;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.HttpOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** On google-genai. */
public final class GeminiProgram extends Program {

  private static final List<String> TEXTS = List.of("Hello", "world");

  private final Client client = Client.builder().apiKey("none").httpOptions(options()).build();

  public GeminiProgram() {
    way("chat", model -> client.models.generateContent(model, "Hello", null));
    way("future", model -> await(client.async.models.generateContent(model, "Hello", null)));
    way("stream", model -> all(client.models.generateContentStream(model, "Hello", null)));
    way(
        "stream-later",
        model ->
            all(
                client
                    .async
                    .models
                    .generateContentStream(model, "Hello", null)
                    .get(30, TimeUnit.SECONDS)));
    way("embed", model -> client.models.embedContent(model, "Hello", null));
    way("embed-all", model -> client.models.embedContent(model, TEXTS, null));
    way("embed-future", model -> await(client.async.models.embedContent(model, "Hello", null)));
  }

  /** As JSON, since old versions know no retries. */
  static HttpOptions options() {
    return HttpOptions.fromJson("{\"baseUrl\":\"" + PROVIDER + "\"}");
  }

  private static String all(ResponseStream<?> stream) {
    try (stream) {
      StringBuilder chunks = new StringBuilder();
      stream.forEach(chunk -> chunks.append(chunk).append('|'));
      return chunks.toString();
    }
  }
}
