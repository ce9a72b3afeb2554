package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Anthropic's messages: content blocks, and named server-sent events. */
final class AnthropicFormat implements WireFormat {

  private static final Map<String, String> STOP_REASONS =
      Map.of(
          "stop", "end_turn",
          "length", "max_tokens",
          "tool_calls", "tool_use",
          "content_filter", "refusal");
  private static final Map<Integer, String> ERROR_TYPES =
      Map.of(
          400, "invalid_request_error",
          404, "not_found_error",
          429, "rate_limit_error",
          503, "overloaded_error");

  @Override
  public ModelRequest read(JsonNode body) {
    List<ModelRequest.Message> messages = new ArrayList<>();
    if (body.has("system")) {
      String system = JsonNodes.textOf(body.path("system"));
      messages.add(new ModelRequest.Message("system", system, List.of(), null));
    }
    body.path("messages").forEach(message -> addMessages(messages, message));
    List<ModelRequest.Tool> tools = new ArrayList<>();
    for (JsonNode tool : body.path("tools")) {
      tools.add(
          new ModelRequest.Tool(
              tool.path("name").asText(),
              tool.path("description").asText(),
              JsonNodes.write(tool.path("input_schema"))));
    }
    return new ModelRequest(
        body.path("model").asText(),
        messages,
        tools,
        body.path("stream").asBoolean(),
        body.path("temperature").isNumber() ? body.path("temperature").asDouble() : null,
        body.path("max_tokens").isNumber() ? body.path("max_tokens").asInt() : null);
  }

  @Override
  public String whole(Completion completion) {
    ObjectNode json = envelope(completion);
    for (ObjectNode block : blocks(completion.answer())) {
      json.withArray("content").add(block);
    }
    json.put("stop_reason", stopReason(completion));
    json.set("usage", usage(completion, completion.completionTokens()));
    return JsonNodes.write(json);
  }

  @Override
  public Frames frames(Completion completion, JsonNode body) {
    ModelAnswer answer = completion.answer();
    Frames.Builder frames = Frames.builder();
    ObjectNode message = envelope(completion);
    message.putNull("stop_reason");
    message.set("usage", usage(completion, 1));
    ObjectNode start = JsonNodes.object().put("type", "message_start");
    start.set("message", message);
    frames.opening(event(start));
    int index = 0;
    for (ObjectNode block : blocks(answer)) {
      addBlock(frames, index++, block);
    }
    ObjectNode end = JsonNodes.object().put("type", "message_delta");
    end.putObject("delta").put("stop_reason", stopReason(completion)).putNull("stop_sequence");
    end.putObject("usage").put("output_tokens", completion.completionTokens());
    return frames
        .closing(event(end))
        .closing(event(JsonNodes.object().put("type", "message_stop")))
        .build();
  }

  @Override
  public String streamType() {
    return "text/event-stream";
  }

  @Override
  public String malformedFrame() {
    return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"del\n\n";
  }

  @Override
  public String error(int status, String message) {
    ObjectNode json = JsonNodes.object().put("type", "error");
    json.putObject("error")
        .put("type", ERROR_TYPES.getOrDefault(status, "api_error"))
        .put("message", message);
    return JsonNodes.write(json);
  }

  /** One Anthropic message may contain several tool results; each becomes a separate message. */
  private static void addMessages(List<ModelRequest.Message> messages, JsonNode message) {
    String role = message.path("role").asText();
    JsonNode content = message.path("content");
    List<RequestedTool> calls = new ArrayList<>();
    boolean hasResults = false;
    for (JsonNode block : content.isArray() ? content : JsonNodes.array()) {
      if (block.path("type").asText().equals("tool_use")) {
        calls.add(
            new RequestedTool(
                block.path("id").asText(),
                block.path("name").asText(),
                JsonNodes.write(block.path("input"))));
      } else if (block.path("type").asText().equals("tool_result")) {
        hasResults = true;
        messages.add(
            new ModelRequest.Message(
                "tool",
                JsonNodes.textOf(block.path("content")),
                List.of(),
                block.path("tool_use_id").asText()));
      }
    }
    String text = JsonNodes.textOf(content);
    if (!hasResults || !text.isEmpty()) {
      messages.add(new ModelRequest.Message(role, text, calls, null));
    }
  }

  private static List<ObjectNode> blocks(ModelAnswer answer) {
    List<ObjectNode> blocks = new ArrayList<>();
    if (!answer.text().isEmpty() || answer.toolCalls().isEmpty()) {
      blocks.add(JsonNodes.object().put("type", "text").put("text", answer.text()));
    }
    for (RequestedTool call : answer.toolCalls()) {
      ObjectNode block = JsonNodes.object().put("type", "tool_use");
      block.put("id", call.id()).put("name", call.name());
      block.set("input", JsonNodes.parse(call.arguments()));
      blocks.add(block);
    }
    return blocks;
  }

  private static void addBlock(Frames.Builder frames, int index, ObjectNode block) {
    boolean text = block.path("type").asText().equals("text");
    ObjectNode start = JsonNodes.object().put("type", "content_block_start").put("index", index);
    ObjectNode empty = block.deepCopy();
    if (text) {
      empty.put("text", "");
    } else {
      empty.set("input", JsonNodes.object());
    }
    start.set("content_block", empty);
    frames.token(event(start));
    String written = text ? block.path("text").asText() : JsonNodes.write(block.path("input"));
    for (String chunk : Tokens.chunks(written)) {
      ObjectNode delta = JsonNodes.object().put("type", "content_block_delta").put("index", index);
      delta
          .putObject("delta")
          .put("type", text ? "text_delta" : "input_json_delta")
          .put(text ? "text" : "partial_json", chunk);
      frames.token(event(delta));
    }
    frames.token(event(JsonNodes.object().put("type", "content_block_stop").put("index", index)));
  }

  private static ObjectNode envelope(Completion completion) {
    ObjectNode json =
        JsonNodes.object()
            .put("id", "msg_" + completion.id())
            .put("type", "message")
            .put("role", "assistant")
            .put("model", completion.request().model());
    json.putArray("content");
    return json.putNull("stop_sequence");
  }

  private static ObjectNode usage(Completion completion, int outputTokens) {
    Usage special = completion.answer().special();
    ObjectNode json =
        JsonNodes.object()
            .put(
                "input_tokens",
                completion.promptTokens()
                    - special.get(TokenKind.CACHED_INPUT)
                    - special.get(TokenKind.CACHE_WRITE))
            .put("cache_read_input_tokens", special.get(TokenKind.CACHED_INPUT))
            .put("cache_creation_input_tokens", special.get(TokenKind.CACHE_WRITE))
            .put("output_tokens", outputTokens);
    json.putObject("cache_creation")
        .put(
            "ephemeral_5m_input_tokens",
            special.get(TokenKind.CACHE_WRITE) - special.get(TokenKind.CACHE_WRITE_HOUR))
        .put("ephemeral_1h_input_tokens", special.get(TokenKind.CACHE_WRITE_HOUR));
    return json;
  }

  private static String stopReason(Completion completion) {
    String reason = completion.answer().effectiveFinishReason();
    return STOP_REASONS.getOrDefault(reason, reason);
  }

  private static String event(ObjectNode json) {
    return "event: " + json.path("type").asText() + "\ndata: " + JsonNodes.write(json) + "\n\n";
  }
}
