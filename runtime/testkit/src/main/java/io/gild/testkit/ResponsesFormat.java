package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** OpenAI's Responses API: JSON, and server-sent events that each name their type. */
final class ResponsesFormat implements WireFormat {

  private final Clock clock;
  private final OpenAiFormat chats;

  ResponsesFormat(Clock clock, OpenAiFormat chats) {
    this.clock = clock;
    this.chats = chats;
  }

  @Override
  public ModelRequest read(JsonNode body) {
    List<ModelRequest.Message> messages = new ArrayList<>();
    if (body.path("instructions").isTextual()) {
      messages.add(message("system", body.path("instructions").asText()));
    }
    JsonNode input = body.path("input");
    if (input.isTextual()) {
      messages.add(message("user", input.asText()));
    }
    for (JsonNode item : input.isArray() ? input : JsonNodes.object()) {
      messages.add(item(item));
    }
    List<ModelRequest.Tool> tools = new ArrayList<>();
    for (JsonNode tool : body.path("tools")) {
      tools.add(
          new ModelRequest.Tool(
              tool.path("name").asText(),
              tool.path("description").asText(),
              JsonNodes.write(tool.path("parameters"))));
    }
    JsonNode limit = body.path("max_output_tokens");
    return new ModelRequest(
        body.path("model").asText(),
        messages,
        tools,
        body.path("stream").asBoolean(),
        body.path("temperature").isNumber() ? body.path("temperature").asDouble() : null,
        limit.isNumber() ? limit.asInt() : null);
  }

  private static ModelRequest.Message item(JsonNode item) {
    return switch (item.path("type").asText()) {
      case "function_call" -> {
        RequestedTool call =
            new RequestedTool(
                item.path("call_id").asText(),
                item.path("name").asText(),
                item.path("arguments").asText());
        yield new ModelRequest.Message("assistant", "", List.of(call), null);
      }
      case "function_call_output" ->
          new ModelRequest.Message(
              "tool", item.path("output").asText(), List.of(), item.path("call_id").asText());
      default -> message(item.path("role").asText(), JsonNodes.textOf(item.path("content")));
    };
  }

  private static ModelRequest.Message message(String role, String text) {
    return new ModelRequest.Message(role, text, List.of(), null);
  }

  @Override
  public String whole(Completion completion) {
    return JsonNodes.write(response(completion, "completed"));
  }

  @Override
  public Frames frames(Completion completion, JsonNode body) {
    Frames.Builder frames = Frames.builder();
    int number = 0;
    frames.opening(event("response.created", number++, "response", started(completion)));
    for (RequestedTool call : completion.answer().toolCalls()) {
      ObjectNode done = JsonNodes.object().put("output_index", 0).put("item_id", "fc_" + call.id());
      done.put("name", call.name()).put("arguments", call.arguments());
      frames.token(event("response.function_call_arguments.done", number++, done));
    }
    for (String chunk : Tokens.chunks(completion.answer().text())) {
      ObjectNode delta = JsonNodes.object().put("item_id", "msg_" + completion.id());
      delta.put("output_index", 0).put("content_index", 0).put("delta", chunk);
      delta.putArray("logprobs");
      frames.token(event("response.output_text.delta", number++, delta));
    }
    ObjectNode whole = response(completion, "completed");
    return frames.closing(event("response.completed", number, "response", whole)).build();
  }

  private ObjectNode started(Completion completion) {
    ObjectNode response = response(completion, "in_progress");
    response.putArray("output");
    response.remove("usage");
    return response;
  }

  private ObjectNode response(Completion completion, String status) {
    ModelAnswer answer = completion.answer();
    boolean cut = "length".equals(answer.finishReason());
    ObjectNode json =
        JsonNodes.object()
            .put("id", "resp_" + completion.id())
            .put("object", "response")
            .put("created_at", clock.instant().getEpochSecond())
            .put("status", cut ? "incomplete" : status)
            .put("model", completion.request().model());
    if (cut) {
      json.putObject("incomplete_details").put("reason", "max_output_tokens");
    }
    json.put("parallel_tool_calls", true).put("tool_choice", "auto").putArray("tools");
    for (RequestedTool call : answer.toolCalls()) {
      json.withArray("output")
          .addObject()
          .put("type", "function_call")
          .put("id", "fc_" + call.id())
          .put("call_id", call.id())
          .put("name", call.name())
          .put("arguments", call.arguments())
          .put("status", "completed");
    }
    if (!answer.text().isEmpty() || answer.toolCalls().isEmpty()) {
      ObjectNode message =
          json.withArray("output")
              .addObject()
              .put("type", "message")
              .put("id", "msg_" + completion.id())
              .put("role", "assistant")
              .put("status", "completed");
      ObjectNode part = message.putArray("content").addObject().put("type", "output_text");
      part.put("text", answer.text()).putArray("annotations");
    }
    Usage special = completion.answer().special();
    ObjectNode usage = json.putObject("usage").put("input_tokens", completion.promptTokens());
    usage
        .putObject("input_tokens_details")
        .put("cached_tokens", special.get(TokenKind.CACHED_INPUT));
    usage.put("output_tokens", completion.completionTokens());
    usage
        .putObject("output_tokens_details")
        .put("reasoning_tokens", special.get(TokenKind.REASONING));
    usage.put("total_tokens", completion.totalTokens());
    return json;
  }

  @Override
  public String streamType() {
    return chats.streamType();
  }

  @Override
  public String malformedFrame() {
    return "event: response.output_text.delta\ndata: {\"type\":\"response.output_te\n\n";
  }

  @Override
  public String error(int status, String message) {
    return chats.error(status, message);
  }

  private static String event(String type, int number, String field, ObjectNode value) {
    ObjectNode json = JsonNodes.object();
    json.set(field, value);
    return event(type, number, json);
  }

  private static String event(String type, int number, ObjectNode json) {
    json.put("type", type).put("sequence_number", number);
    return "event: " + type + "\ndata: " + JsonNodes.write(json) + "\n\n";
  }
}
