package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.gild.config.Experimental;

/**
 * One request as the provider received it. Contains the hash of the prompt, not the prompt.
 *
 * @param sequence the number of the request, from 1
 * @param arrivalNanos when it arrived, in nanoseconds since the provider started
 * @param path the requested path
 * @param model the requested model; empty if the request names none
 * @param status the HTTP status sent, or 0 if none was (yet)
 * @param fault the injected fault, {@link Fault#OK} if there is none
 * @param promptTokens the tokens read and billed; 0 for a request that failed before its answer
 * @param completionTokens the tokens written and billed, those of a stream cut half-way included
 * @param streamed whether the client asked for a stream
 * @param durationNanos from arrival until just before the last byte was sent; 0 while in flight
 * @param promptHash the first 16 hexadecimal digits of the SHA-256 of the prompt
 */
@Experimental
public record LoggedRequest(
    long sequence,
    long arrivalNanos,
    String path,
    String model,
    int status,
    Fault fault,
    int promptTokens,
    int completionTokens,
    boolean streamed,
    long durationNanos,
    String promptHash) {

  /** Returns whether the client got a complete and valid answer. */
  public boolean succeeded() {
    return status == 200 && fault == Fault.OK;
  }

  /** Returns this request as one line of JSON. */
  public String toJson() {
    return JsonNodes.write(
        JsonNodes.object()
            .put("sequence", sequence)
            .put("arrivalNanos", arrivalNanos)
            .put("path", path)
            .put("model", model)
            .put("status", status)
            .put("fault", fault.name())
            .put("promptTokens", promptTokens)
            .put("completionTokens", completionTokens)
            .put("streamed", streamed)
            .put("durationNanos", durationNanos)
            .put("promptHash", promptHash));
  }

  /** Reads a line that {@link #toJson()} wrote. */
  public static LoggedRequest fromJson(String line) {
    JsonNode json = JsonNodes.parse(line);
    return new LoggedRequest(
        json.path("sequence").asLong(),
        json.path("arrivalNanos").asLong(),
        json.path("path").asText(),
        json.path("model").asText(),
        json.path("status").asInt(),
        Fault.valueOf(json.path("fault").asText()),
        json.path("promptTokens").asInt(),
        json.path("completionTokens").asInt(),
        json.path("streamed").asBoolean(),
        json.path("durationNanos").asLong(),
        json.path("promptHash").asText());
  }
}
