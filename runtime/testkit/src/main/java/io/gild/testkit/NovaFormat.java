package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Amazon Nova's bodies, which have the content of Converse. */
final class NovaFormat extends InvokeBodyFormat {

  @Override
  public ModelRequest read(JsonNode body) {
    boolean stream = body.path("stream").asBoolean();
    return new ConverseFormat(body.path("model").asText(), stream).read(body);
  }

  @Override
  public String whole(Completion completion) {
    return new ConverseFormat(completion.request().model(), false).whole(completion);
  }

  @Override
  public Frames frames(Completion completion, JsonNode body) {
    Frames.Builder frames = Frames.builder();
    frames.opening(event("messageStart", JsonNodes.object().put("role", "assistant")));
    for (String chunk : Tokens.chunks(completion.answer().text())) {
      ObjectNode delta = JsonNodes.object().put("contentBlockIndex", 0);
      delta.putObject("delta").put("text", chunk);
      frames.token(event("contentBlockDelta", delta));
    }
    frames.token(event("contentBlockStop", JsonNodes.object().put("contentBlockIndex", 0)));
    ObjectNode whole = (ObjectNode) JsonNodes.parse(whole(completion));
    ObjectNode counted = JsonNodes.object();
    counted.set("usage", whole.path("usage"));
    return frames
        .closing(event("messageStop", whole.retain("stopReason")))
        .closing(event("metadata", counted))
        .build();
  }

  private static String event(String name, ObjectNode content) {
    ObjectNode json = JsonNodes.object();
    json.set(name, content);
    return JsonNodes.write(json);
  }
}
