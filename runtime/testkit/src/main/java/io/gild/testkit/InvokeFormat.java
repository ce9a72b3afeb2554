package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Bedrock's InvokeModel API with Anthropic's bodies, which leave the model and the wish for a
 * stream to the path.
 */
final class InvokeFormat extends BedrockFormat {

  private static final String DATA = "data: ";

  private final WireFormat anthropic = new AnthropicFormat();
  private final String model;
  private final boolean stream;

  InvokeFormat(String model, boolean stream) {
    this.model = model;
    this.stream = stream;
  }

  @Override
  public ModelRequest read(JsonNode body) {
    ObjectNode whole = body.deepCopy();
    return anthropic.read(whole.put("model", model).put("stream", stream));
  }

  @Override
  public String whole(Completion completion) {
    return anthropic.whole(completion);
  }

  @Override
  public Frames frames(Completion completion, JsonNode body) {
    Frames plain = anthropic.frames(completion, body);
    return new Frames(chunks(plain.opening()), chunks(plain.tokens()), chunks(plain.closing()));
  }

  private static List<String> chunks(List<String> events) {
    List<String> chunks = new ArrayList<>();
    for (String event : events) {
      byte[] json =
          event
              .substring(event.indexOf(DATA) + DATA.length())
              .trim()
              .getBytes(StandardCharsets.UTF_8);
      chunks.add(
          event("chunk", Json.object().put("bytes", Base64.getEncoder().encodeToString(json))));
    }
    return chunks;
  }
}
