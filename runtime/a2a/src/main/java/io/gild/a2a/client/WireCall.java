package io.gild.a2a.client;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aFields;
import io.gild.a2a.A2aVersion;
import io.gild.config.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An operation as a request, and how to read its answer.
 *
 * @param method name of the operation in version 1.0
 * @param oldMethod its name in version 0.3
 * @param verb verb of HTTP+JSON
 * @param path path of HTTP+JSON
 * @param params its parameters
 */
record WireCall(
    String method,
    String oldMethod,
    String verb,
    String path,
    Map<String, @Nullable Object> params) {

  private static final AtomicLong IDS = new AtomicLong();

  HttpRequest.Builder request(Endpoint endpoint, boolean stream) {
    HttpRequest.Builder builder = endpoint.jsonRpc() ? rpc(endpoint) : http(endpoint);
    builder.header("Accept", stream ? "text/event-stream" : "application/json");
    if (endpoint.version() != A2aVersion.V0_3) {
      builder.header(A2aVersion.HEADER, endpoint.version().text());
    }
    return builder;
  }

  private HttpRequest.Builder rpc(Endpoint endpoint) {
    Map<String, @Nullable Object> call = new LinkedHashMap<>();
    call.put("jsonrpc", "2.0");
    call.put("id", IDS.incrementAndGet());
    call.put("method", endpoint.isOld() ? oldMethod : method);
    call.put("params", params);
    return HttpRequest.newBuilder(URI.create(endpoint.url()))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(Json.write(call)));
  }

  private HttpRequest.Builder http(Endpoint endpoint) {
    if (verb.equals("POST")) {
      return HttpRequest.newBuilder(URI.create(endpoint.url() + path))
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(Json.write(params)));
    }
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(endpoint.url() + path + query()));
    return verb.equals("DELETE") ? builder.DELETE() : builder.GET();
  }

  private String query() {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    params.forEach((name, value) -> {
      if (value != null && !path.contains("/" + value)) {
        query.add(name + "=" + URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8));
      }
    });
    return query.toString();
  }

  /**
   * Reads an answer.
   *
   * @throws A2aException the error that it contains
   */
  @Nullable Object result(Endpoint endpoint, int status, String body) {
    if (status == 503 || status == 429) {
      throw new A2aUnavailable("the agent answered HTTP " + status + " to " + method, null);
    }
    if (body.isBlank() && status < 300) {
      return null;
    }
    Object json;
    try {
      json = Json.read(body);
    } catch (IllegalArgumentException noJson) {
      throw new A2aException(
          A2aErrorCode.INVALID_AGENT_RESPONSE,
          "the agent answered HTTP " + status + " to " + method + " without JSON",
          noJson);
    }
    if (!(json instanceof Map<?, ?> answer)) {
      throw new A2aException(
          A2aErrorCode.INVALID_AGENT_RESPONSE, "the answer to " + method + " must be an object");
    }
    if (answer.get("error") instanceof Map<?, ?> error) {
      throw error(A2aFields.of(error, "error"), endpoint);
    }
    if (status >= 300) {
      throw new A2aException(
          A2aErrorCode.INVALID_AGENT_RESPONSE,
          "the agent answered HTTP " + status + " to " + method);
    }
    return endpoint.jsonRpc() ? answer.get("result") : answer;
  }

  private static A2aException error(A2aFields error, Endpoint endpoint) {
    String message = error.text("message", "the agent gave no message");
    if (endpoint.jsonRpc()) {
      Integer code = error.numberOrNull("code");
      A2aErrorCode known = code == null ? null : A2aErrorCode.of(code);
      return known == null
          ? new A2aException(message + " (code " + code + ")")
          : new A2aException(known, message);
    }
    for (Object detail : error.list("details")) {
      String reason = A2aFields.of(detail, "details").text("reason", "");
      for (A2aErrorCode code : A2aErrorCode.values()) {
        if (code.name().equals(reason)) {
          return new A2aException(code, message);
        }
      }
    }
    String status = error.text("status", "");
    return new A2aException(
        List.of(A2aErrorCode.values()).stream()
            .filter(code -> code.status().equals(status) && !code.hasReason())
            .findFirst()
            .orElse(A2aErrorCode.INTERNAL_ERROR),
        message);
  }
}
