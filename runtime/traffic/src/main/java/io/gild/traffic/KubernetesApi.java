package io.gild.traffic;

import io.gild.config.Json;
import io.gild.operations.RolloutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The few requests to Kubernetes' API server that a route needs. */
final class KubernetesApi {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final KubernetesAddress address;
  private final HttpClient client;

  KubernetesApi(KubernetesAddress address) throws RolloutException {
    this.address = address;
    this.client =
        HttpClient.newBuilder()
            // Over plain HTTP, the client would ask for HTTP/2, which proxies take for a stream.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .sslContext(address.trust())
            .build();
  }

  /** Reads an object or a list. */
  Map<?, ?> get(String path) throws RolloutException, KubernetesFailure {
    return send(HttpRequest.newBuilder(URI.create(address.url() + path)).GET());
  }

  /** Changes single fields of an object, by JSON Patch. */
  Map<?, ?> patch(String path, Object patch) throws RolloutException, KubernetesFailure {
    return send(
        HttpRequest.newBuilder(URI.create(address.url() + path + "?fieldManager=gild"))
            .header("Content-Type", "application/json-patch+json")
            .method("PATCH", BodyPublishers.ofString(Json.write(patch))));
  }

  private Map<?, ?> send(HttpRequest.Builder request) throws RolloutException, KubernetesFailure {
    request.header("Accept", "application/json").timeout(TIMEOUT);
    if (address.tokenFile() != null) {
      try {
        request.header("Authorization", "Bearer " + SecretFile.read(address.tokenFile()));
      } catch (IOException failure) {
        throw new RolloutException("Kubernetes cannot be asked: " + failure.getMessage(), failure);
      }
    }
    HttpResponse<String> response = await(request.build());
    Map<?, ?> body = body(response.body());
    if (response.statusCode() / 100 != 2) {
      String message = body.get("message") instanceof String text ? text : response.body().strip();
      throw new KubernetesFailure(
          response.statusCode(), response.statusCode() + (message.isEmpty() ? "" : ": " + message));
    }
    return body;
  }

  /** A proxy in between answers with other text, which is no object. */
  private static Map<?, ?> body(String text) {
    try {
      return Json.read(text) instanceof Map<?, ?> map ? map : Map.of();
    } catch (IllegalArgumentException notJson) {
      return Map.of();
    }
  }

  /** Waits for the whole answer: the client's own timeout ends with its headers. */
  private HttpResponse<String> await(HttpRequest request) throws RolloutException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    try {
      return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RolloutException("Interrupted while asking Kubernetes", interrupted);
    } catch (TimeoutException slow) {
      throw new RolloutException(
          "Kubernetes at %s did not answer within %s".formatted(address.url(), TIMEOUT), slow);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      throw new RolloutException(
          "Kubernetes at %s cannot be reached: %s"
              .formatted(
                  address.url(), cause instanceof ConnectException ? "no connection" : cause),
          failure);
    } finally {
      answer.cancel(true);
    }
  }
}
