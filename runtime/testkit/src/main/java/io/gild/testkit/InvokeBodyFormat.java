package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The body of one vendor's model on Bedrock, where the rest is Bedrock's own. */
abstract class InvokeBodyFormat implements WireFormat {

  /** Makes a request of one prompt. */
  static ModelRequest prompted(JsonNode body, String prompt, JsonNode limit) {
    return new ModelRequest(
        body.path("model").asText(),
        List.of(new ModelRequest.Message("user", prompt, List.of(), null)),
        List.of(),
        body.path("stream").asBoolean(),
        null,
        limit.isNumber() ? limit.asInt() : null);
  }

  @Override
  public final String streamType() {
    throw new UnsupportedOperationException("Bedrock streams it");
  }

  @Override
  public final String malformedFrame() {
    throw new UnsupportedOperationException("Bedrock frames it");
  }

  @Override
  public final String error(int status, String message) {
    throw new UnsupportedOperationException("Bedrock formats it");
  }
}
