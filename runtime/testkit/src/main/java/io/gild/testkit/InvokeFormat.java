package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Bedrock's InvokeModel API, whose bodies are those of the model's vendor; the path names the model
 * and whether to stream. Token counts are sent in headers, or with the last chunk.
 */
final class InvokeFormat extends BedrockFormat {

  private static final String DATA = "data: ";

  private final WireFormat vendor;
  private final String model;
  private final boolean stream;

  InvokeFormat(Clock clock, String model, boolean stream) {
    this.vendor = vendor(clock, model);
    this.model = model;
    this.stream = stream;
  }

  /** Returns the vendor's format; Anthropic's if the name is unknown. */
  private static WireFormat vendor(Clock clock, String model) {
    if (model.contains("amazon.titan")) {
      return new TitanFormat();
    }
    if (model.contains("amazon.nova")) {
      return new NovaFormat();
    }
    if (model.contains("meta.")) {
      return new LlamaFormat();
    }
    if (model.contains("mistral.")) {
      return new MistralFormat();
    }
    return model.contains("openai.") ? new OpenAiFormat(clock) : new AnthropicFormat();
  }

  @Override
  public ModelRequest read(JsonNode body) {
    ObjectNode whole = body.deepCopy();
    return vendor.read(whole.put("model", model).put("stream", stream));
  }

  @Override
  public String whole(Completion completion) {
    return vendor.whole(completion);
  }

  @Override
  public Map<String, String> headers(int input, int output) {
    return Map.of(
        "X-Amzn-Bedrock-Input-Token-Count", Integer.toString(input),
        "X-Amzn-Bedrock-Output-Token-Count", Integer.toString(output));
  }

  @Override
  public Frames frames(Completion completion, JsonNode body) {
    Frames plain = vendor.frames(completion, body);
    List<ObjectNode> closing = json(plain.closing());
    closing
        .get(closing.size() - 1)
        .putObject("amazon-bedrock-invocationMetrics")
        .put("inputTokenCount", completion.promptTokens())
        .put("outputTokenCount", completion.completionTokens())
        .put("invocationLatency", 1)
        .put("firstByteLatency", 1);
    return new Frames(chunks(json(plain.opening())), chunks(json(plain.tokens())), chunks(closing));
  }

  /** Reads frames, both events and plain ones; an event without an object is left out. */
  private static List<ObjectNode> json(List<String> frames) {
    List<ObjectNode> all = new ArrayList<>();
    for (String frame : frames) {
      int data = frame.indexOf(DATA);
      String text = (data < 0 ? frame : frame.substring(data + DATA.length())).trim();
      if (text.startsWith("{")) {
        all.add((ObjectNode) JsonNodes.parse(text));
      }
    }
    return all;
  }

  private static List<String> chunks(List<ObjectNode> frames) {
    List<String> chunks = new ArrayList<>();
    for (ObjectNode frame : frames) {
      byte[] json = JsonNodes.write(frame).getBytes(StandardCharsets.UTF_8);
      chunks.add(
          event(
              "chunk", JsonNodes.object().put("bytes", Base64.getEncoder().encodeToString(json))));
    }
    return chunks;
  }
}
