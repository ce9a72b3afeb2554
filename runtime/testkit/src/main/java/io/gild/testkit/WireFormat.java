package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One vendor's way of asking a model and of answering. */
interface WireFormat {

  /** Reads a chat request. */
  ModelRequest read(JsonNode body);

  /** Writes a whole answer. */
  String whole(Completion completion);

  /** Writes an answer piece by piece. */
  Frames frames(Completion completion, JsonNode body);

  /** Returns the content type of a stream. */
  String streamType();

  /** Returns how the frames of a stream are encoded. */
  default Charset streamCharset() {
    return StandardCharsets.UTF_8;
  }

  /** Returns a frame that looks like this format's and whose JSON is broken. */
  String malformedFrame();

  /** Returns the headers that count the tokens of a whole answer; few vendors have any. */
  default Map<String, String> headers(int input, int output) {
    return Map.of();
  }

  /** Writes an error as this vendor words it. */
  String error(int status, String message);
}
