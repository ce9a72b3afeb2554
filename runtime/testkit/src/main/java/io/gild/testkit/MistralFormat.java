package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Mistral's bodies, as Bedrock sends them, without token counts. */
final class MistralFormat extends InvokeBodyFormat {

  @Override
  public ModelRequest read(JsonNode body) {
    return prompted(body, body.path("prompt").asText(), body.path("max_tokens"));
  }

  @Override
  public String whole(Completion completion) {
    return output(completion.answer().text(), completion.answer().effectiveFinishReason());
  }

  @Override
  public Frames frames(Completion completion, JsonNode body) {
    Frames.Builder frames = Frames.builder();
    for (String chunk : Tokens.chunks(completion.answer().text())) {
      frames.token(output(chunk, null));
    }
    return frames.closing(output("", completion.answer().effectiveFinishReason())).build();
  }

  private static String output(String text, @Nullable String reason) {
    ObjectNode json = JsonNodes.object();
    json.putArray("outputs").addObject().put("text", text).put("stop_reason", reason);
    return JsonNodes.write(json);
  }
}
