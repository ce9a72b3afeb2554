package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One vendor's format of requests and answers. */
interface WireFormat {

  /** Reads a chat request. */
  ModelRequest read(JsonNode body);

  /** Writes a complete answer. */
  String whole(Completion completion);

  /** Writes a streamed answer. */
  Frames frames(Completion completion, JsonNode body);

  /** Returns the content type of a stream. */
  String streamType();

  /** Returns how the frames of a stream are encoded. */
  default Charset streamCharset() {
    return StandardCharsets.UTF_8;
  }

  /** Returns a frame of this format with broken JSON. */
  String malformedFrame();

  /**
   * Returns the headers with the token counts of a complete answer; few vendors have such headers.
   */
  default Map<String, String> headers(int input, int output) {
    return Map.of();
  }

  /** Writes an error in this vendor's format. */
  String error(int status, String message);
}
