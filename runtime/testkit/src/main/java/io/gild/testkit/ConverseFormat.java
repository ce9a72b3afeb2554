package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Bedrock's Converse API, which is the same for all models; the path names the model. */
final class ConverseFormat extends BedrockFormat {

  private static final Map<String, String> STOP_REASONS =
      Map.of(
          "stop", "end_turn",
          "length", "max_tokens",
          "tool_calls", "tool_use",
          "content_filter", "content_filtered");

  private final String model;
  private final boolean stream;

  ConverseFormat(String model, boolean stream) {
    this.model = model;
    this.stream = stream;
  }

  @Override
  public ModelRequest read(JsonNode body) {
    List<ModelRequest.Message> messages = new ArrayList<>();
    if (!body.path("system").isEmpty()) {
      String system = JsonNodes.textOf(body.path("system"));
      messages.add(new ModelRequest.Message("system", system, List.of(), null));
    }
    body.path("messages").forEach(message -> addMessages(messages, message));
    List<ModelRequest.Tool> tools = new ArrayList<>();
    for (JsonNode tool : body.path("toolConfig").path("tools")) {
      JsonNode spec = tool.path("toolSpec");
      tools.add(
          new ModelRequest.Tool(
              spec.path("name").asText(),
              spec.path("description").asText(),
              JsonNodes.write(spec.path("inputSchema").path("json"))));
    }
    JsonNode settings = body.path("inferenceConfig");
    JsonNode limit = settings.path("maxTokens");
    return new ModelRequest(
        model,
        messages,
        tools,
        stream,
        settings.path("temperature").isNumber() ? settings.path("temperature").asDouble() : null,
        limit.isNumber() ? limit.asInt() : null);
  }

  @Override
  public String whole(Completion completion) {
    ObjectNode json = JsonNodes.object();
    ArrayNode content = JsonNodes.array();
    ModelAnswer answer = completion.answer();
    if (!answer.text().isEmpty() || answer.toolCalls().isEmpty()) {
      content.addObject().put("text", answer.text());
    }
    for (RequestedTool call : answer.toolCalls()) {
      ObjectNode use = named(content.addObject().putObject("toolUse"), call);
      use.set("input", JsonNodes.parse(call.arguments()));
    }
    json.putObject("output").putObject("message").put("role", "assistant").set("content", content);
    json.put("stopReason", stopReason(completion));
    return JsonNodes.write(counted(json, completion));
  }

  @Override
  public Frames frames(Completion completion, JsonNode body) {
    ModelAnswer answer = completion.answer();
    Frames.Builder frames = Frames.builder();
    frames.opening(event("messageStart", JsonNodes.object().put("role", "assistant")));
    int index = 0;
    if (!answer.text().isEmpty() || answer.toolCalls().isEmpty()) {
      for (String chunk : Tokens.chunks(answer.text())) {
        frames.token(delta(index, JsonNodes.object().put("text", chunk)));
      }
      frames.token(event("contentBlockStop", JsonNodes.object().put("contentBlockIndex", index++)));
    }
    for (RequestedTool call : answer.toolCalls()) {
      ObjectNode start = JsonNodes.object().put("contentBlockIndex", index);
      named(start.putObject("start").putObject("toolUse"), call);
      frames.token(event("contentBlockStart", start));
      for (String chunk : Tokens.chunks(call.arguments())) {
        ObjectNode delta = JsonNodes.object();
        delta.putObject("toolUse").put("input", chunk);
        frames.token(delta(index, delta));
      }
      frames.token(event("contentBlockStop", JsonNodes.object().put("contentBlockIndex", index++)));
    }
    return frames
        .closing(event("messageStop", JsonNodes.object().put("stopReason", stopReason(completion))))
        .closing(event("metadata", counted(JsonNodes.object(), completion)))
        .build();
  }

  /** One message may contain the results of several tools; each becomes a separate message. */
  private static void addMessages(List<ModelRequest.Message> messages, JsonNode message) {
    List<RequestedTool> calls = new ArrayList<>();
    boolean hasResults = false;
    for (JsonNode block : message.path("content")) {
      JsonNode use = block.path("toolUse");
      JsonNode result = block.path("toolResult");
      if (!use.isMissingNode()) {
        calls.add(
            new RequestedTool(
                use.path("toolUseId").asText(),
                use.path("name").asText(),
                JsonNodes.write(use.path("input"))));
      } else if (!result.isMissingNode()) {
        hasResults = true;
        String id = result.path("toolUseId").asText();
        String text = JsonNodes.textOf(result.path("content"));
        messages.add(new ModelRequest.Message("tool", text, List.of(), id));
      }
    }
    String text = JsonNodes.textOf(message.path("content"));
    if (!hasResults || !text.isEmpty()) {
      String role = message.path("role").asText();
      messages.add(new ModelRequest.Message(role, text, calls, null));
    }
  }

  private static ObjectNode named(ObjectNode use, RequestedTool call) {
    return use.put("toolUseId", call.id()).put("name", call.name());
  }

  private static String delta(int index, ObjectNode delta) {
    ObjectNode json = JsonNodes.object().put("contentBlockIndex", index);
    json.set("delta", delta);
    return event("contentBlockDelta", json);
  }

  private static ObjectNode counted(ObjectNode json, Completion completion) {
    Usage special = completion.answer().special();
    ObjectNode usage = json.putObject("usage");
    usage
        .put(
            "inputTokens",
            completion.promptTokens()
                - special.get(TokenKind.CACHED_INPUT)
                - special.get(TokenKind.CACHE_WRITE))
        .put("outputTokens", completion.completionTokens())
        .put("cacheReadInputTokens", special.get(TokenKind.CACHED_INPUT))
        .put("cacheWriteInputTokens", special.get(TokenKind.CACHE_WRITE))
        .put("totalTokens", completion.totalTokens());
    usage
        .putArray("cacheDetails")
        .addObject()
        .put("ttl", "1h")
        .put("inputTokens", special.get(TokenKind.CACHE_WRITE_HOUR));
    json.putObject("metrics").put("latencyMs", 1);
    return json;
  }

  private static String stopReason(Completion completion) {
    String reason = completion.answer().effectiveFinishReason();
    return STOP_REASONS.getOrDefault(reason, reason);
  }
}
