package io.gild.evaluation;

import io.gild.config.Json;
import io.gild.core.spi.ModelClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls an endpoint with OpenAI's chat completions: OpenAI, Azure, Ollama, vLLM and others. */
final class OpenAiJudge implements ModelClient {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int TRIES = 3;
  private static final int SHOWN = 200;

  private final String baseUrl;
  private final String apiKey;
  private final String defaultModel;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  OpenAiJudge(String baseUrl, String apiKey, String defaultModel) {
    this.baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
    this.apiKey = apiKey.strip();
    this.defaultModel = defaultModel;
  }

  @Override
  public String ask(String model, String instructions, String question, Duration timeout)
      throws IOException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", model.isEmpty() ? defaultModel : model);
    body.put(
        "messages",
        List.of(
            Map.of("role", "system", "content", instructions),
            Map.of("role", "user", "content", question)));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)));
    if (!apiKey.isEmpty()) {
      authorize(request);
    }
    return content(send(request.build()));
  }

  private void authorize(HttpRequest.Builder request) throws IOException {
    try {
      request.header("Authorization", "Bearer " + apiKey);
    } catch (IllegalArgumentException tellsTheKey) {
      throw new IOException("the judge's key contains characters that a header cannot hold");
    }
  }

  /** A judge that is busy for a moment has not failed. */
  private String send(HttpRequest request) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      HttpResponse<String> response;
      try {
        response = client.send(request, HttpResponse.BodyHandlers.ofString());
      } catch (IOException unreachable) {
        String why = unreachable.getMessage();
        throw new IOException(
            "judge "
                + baseUrl
                + " does not answer: "
                + (why == null ? unreachable.getClass().getSimpleName() : why),
            unreachable);
      }
      int status = response.statusCode();
      if (status / 100 == 2) {
        return response.body();
      }
      if (attempt == TRIES || status != 429 && status / 100 != 5) {
        throw new IOException(
            "judge %s answered %d: %s".formatted(baseUrl, status, start(response.body())));
      }
      Thread.sleep(200L << attempt);
    }
  }

  private String content(String body) throws IOException {
    try {
      Object json = Json.read(body);
      if (json instanceof Map<?, ?> map
          && map.get("choices") instanceof List<?> choices
          && !choices.isEmpty()
          && choices.get(0) instanceof Map<?, ?> choice
          && choice.get("message") instanceof Map<?, ?> message
          && message.get("content") instanceof String content) {
        return content;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw new IOException(
        "judge %s did not answer with a chat completion: %s".formatted(baseUrl, start(body)));
  }

  /** Returns the beginning of a reply, without the key that the reply may repeat. */
  private String start(String text) {
    String shown = apiKey.isEmpty() ? text : text.replace(apiKey, "[key]");
    String line = shown.strip().replaceAll("\\s+", " ");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
  }
}
