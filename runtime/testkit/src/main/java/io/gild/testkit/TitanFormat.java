package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Amazon Titan's text bodies. */
final class TitanFormat extends InvokeBodyFormat {

  @Override
  public ModelRequest read(JsonNode body) {
    JsonNode limit = body.path("textGenerationConfig").path("maxTokenCount");
    return prompted(body, body.path("inputText").asText(), limit);
  }

  @Override
  public String whole(Completion completion) {
    ObjectNode json = JsonNodes.object().put("inputTextTokenCount", completion.promptTokens());
    json.putArray("results")
        .addObject()
        .put("tokenCount", completion.completionTokens())
        .put("outputText", completion.answer().text())
        .put("completionReason", reason(completion));
    return JsonNodes.write(json);
  }

  @Override
  public Frames frames(Completion completion, JsonNode body) {
    Frames.Builder frames = Frames.builder();
    for (String chunk : Tokens.chunks(completion.answer().text())) {
      frames.token(JsonNodes.write(chunk(completion, chunk).putNull("completionReason")));
    }
    ObjectNode last =
        chunk(completion, "")
            .put("totalOutputTextTokenCount", completion.completionTokens())
            .put("completionReason", reason(completion));
    return frames.closing(JsonNodes.write(last)).build();
  }

  private static ObjectNode chunk(Completion completion, String chunk) {
    return JsonNodes.object()
        .put("outputText", chunk)
        .put("index", 0)
        .put("inputTextTokenCount", completion.promptTokens())
        .putNull("totalOutputTextTokenCount");
  }

  private static String reason(Completion completion) {
    return completion.answer().effectiveFinishReason().equals("length") ? "LENGTH" : "FINISH";
  }
}
