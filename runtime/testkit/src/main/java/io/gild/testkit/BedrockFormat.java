package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The common parts of Amazon Bedrock's APIs: errors and event streams. */
abstract class BedrockFormat implements WireFormat {

  private static final Map<Integer, String> ERROR_TYPES =
      Map.of(
          400, "ValidationException",
          404, "ResourceNotFoundException",
          429, "ThrottlingException",
          503, "ServiceUnavailableException");

  @Override
  public final String streamType() {
    return "application/vnd.amazon.eventstream";
  }

  @Override
  public final Charset streamCharset() {
    return StandardCharsets.ISO_8859_1;
  }

  @Override
  public final String malformedFrame() {
    return EventStream.event("contentBlockDelta", "{\"delta\":{\"te");
  }

  @Override
  public final String error(int status, String message) {
    ObjectNode json = JsonNodes.object();
    json.put("__type", ERROR_TYPES.getOrDefault(status, "InternalServerException"));
    return JsonNodes.write(json.put("message", message));
  }

  static String event(String type, JsonNode json) {
    return EventStream.event(type, JsonNodes.write(json));
  }
}
