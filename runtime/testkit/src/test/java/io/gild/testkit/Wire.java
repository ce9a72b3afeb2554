package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** A plain HTTP client for tests. */
final class Wire {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Wire() {}

  static HttpResponse<String> post(String url, String body) throws IOException {
    return send(request(url, body).build());
  }

  static HttpResponse<String> post(String url, String body, Duration timeout) throws IOException {
    return send(request(url, body).timeout(timeout).build());
  }

  static HttpResponse<String> get(String url) throws IOException {
    return send(HttpRequest.newBuilder(URI.create(url)).build());
  }

  static JsonNode json(HttpResponse<String> response) {
    return JsonNodes.parse(response.body());
  }

  /** Returns the JSON of every "data:" line, [DONE] left out. */
  static List<JsonNode> events(HttpResponse<String> response) {
    return response
        .body()
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> JsonNodes.parse(line.substring("data: ".length())))
        .toList();
  }

  private static HttpRequest.Builder request(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
