package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Ollama's chat: JSON, or one JSON object per line; it streams unless the request disables that.
 */
final class OllamaFormat implements WireFormat {

  private final Clock clock;

  OllamaFormat(Clock clock) {
    this.clock = clock;
  }

  @Override
  public ModelRequest read(JsonNode body) {
    List<ModelRequest.Message> messages = new ArrayList<>();
    for (JsonNode message : body.path("messages")) {
      messages.add(
          new ModelRequest.Message(
              message.path("role").asText(),
              message.path("content").asText(),
              toolCalls(message),
              message.path("tool_name").asText(null)));
    }
    List<ModelRequest.Tool> tools = new ArrayList<>();
    for (JsonNode tool : body.path("tools")) {
      JsonNode function = tool.path("function");
      tools.add(
          new ModelRequest.Tool(
              function.path("name").asText(),
              function.path("description").asText(),
              JsonNodes.write(function.path("parameters"))));
    }
    JsonNode options = body.path("options");
    return new ModelRequest(
        body.path("model").asText(),
        messages,
        tools,
        body.path("stream").asBoolean(true),
        options.path("temperature").isNumber() ? options.path("temperature").asDouble() : null,
        options.path("num_predict").asInt(-1) > 0 ? options.path("num_predict").asInt() : null);
  }

  @Override
  public String whole(Completion completion) {
    return JsonNodes.write(last(completion, completion.answer().text()));
  }

  @Override
  public Frames frames(Completion completion, JsonNode body) {
    Frames.Builder frames = Frames.builder();
    for (String chunk : Tokens.chunks(completion.answer().text())) {
      frames.token(line(envelope(completion, chunk).put("done", false)));
    }
    return frames.closing(line(last(completion, ""))).build();
  }

  @Override
  public String streamType() {
    return "application/x-ndjson";
  }

  @Override
  public String malformedFrame() {
    return "{\"model\":\"broken\",\"message\":{\"role\":\"assis\n";
  }

  @Override
  public String error(int status, String message) {
    return JsonNodes.write(JsonNodes.object().put("error", message));
  }

  private static List<RequestedTool> toolCalls(JsonNode message) {
    List<RequestedTool> calls = new ArrayList<>();
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      String name = function.path("name").asText();
      calls.add(new RequestedTool(name, name, JsonNodes.write(function.path("arguments"))));
    }
    return calls;
  }

  private ObjectNode last(Completion completion, String text) {
    ObjectNode json = envelope(completion, text);
    ObjectNode message = (ObjectNode) json.path("message");
    for (RequestedTool call : completion.answer().toolCalls()) {
      ObjectNode function = message.withArray("tool_calls").addObject().putObject("function");
      function.put("name", call.name()).set("arguments", JsonNodes.parse(call.arguments()));
    }
    String reason = completion.answer().effectiveFinishReason();
    return json.put("done", true)
        .put("done_reason", reason.equals("tool_calls") ? "stop" : reason)
        .put("total_duration", 0L)
        .put("prompt_eval_count", completion.promptTokens())
        .put("eval_count", completion.completionTokens());
  }

  private ObjectNode envelope(Completion completion, String text) {
    ObjectNode json =
        JsonNodes.object()
            .put("model", completion.request().model())
            .put("created_at", clock.instant().toString());
    json.putObject("message").put("role", "assistant").put("content", text);
    return json;
  }

  private static String line(ObjectNode json) {
    return JsonNodes.write(json) + "\n";
  }
}
