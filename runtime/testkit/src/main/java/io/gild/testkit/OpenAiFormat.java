package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions: JSON, and server-sent events that end with [DONE]. */
final class OpenAiFormat implements WireFormat {

  private static final Map<Integer, String> ERROR_TYPES =
      Map.of(
          400, "invalid_request_error",
          404, "invalid_request_error",
          429, "rate_limit_exceeded");

  private final Clock clock;

  OpenAiFormat(Clock clock) {
    this.clock = clock;
  }

  @Override
  public ModelRequest read(JsonNode body) {
    List<ModelRequest.Message> messages = new ArrayList<>();
    body.path("messages").forEach(message -> messages.add(message(message)));
    List<ModelRequest.Tool> tools = new ArrayList<>();
    body.path("tools").forEach(tool -> tools.add(tool(tool.path("function"))));
    JsonNode limit =
        body.has("max_completion_tokens")
            ? body.path("max_completion_tokens")
            : body.path("max_tokens");
    return new ModelRequest(
        body.path("model").asText(),
        messages,
        tools,
        body.path("stream").asBoolean(),
        body.path("temperature").isNumber() ? body.path("temperature").asDouble() : null,
        limit.isNumber() ? limit.asInt() : null);
  }

  @Override
  public String whole(Completion completion) {
    ModelAnswer answer = completion.answer();
    ObjectNode message = JsonNodes.object().put("role", "assistant");
    if (answer.text().isEmpty() && !answer.toolCalls().isEmpty()) {
      message.putNull("content");
    } else {
      message.put("content", answer.text());
    }
    for (RequestedTool call : answer.toolCalls()) {
      message.withArray("tool_calls").add(toolCall(call, call.arguments()));
    }
    ObjectNode json = envelope(completion, "chat.completion");
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice.set("message", message);
    choice.put("finish_reason", answer.effectiveFinishReason());
    json.set("usage", usage(completion));
    return JsonNodes.write(json);
  }

  @Override
  public Frames frames(Completion completion, JsonNode body) {
    boolean usage = body.path("stream_options").path("include_usage").asBoolean();
    ModelAnswer answer = completion.answer();
    Frames.Builder frames = Frames.builder();
    ObjectNode first = JsonNodes.object().put("role", "assistant").put("content", "");
    frames.opening(chunk(completion, first, null, usage));
    if (!answer.text().isEmpty() || answer.toolCalls().isEmpty()) {
      for (String chunk : Tokens.chunks(answer.text())) {
        frames.token(chunk(completion, JsonNodes.object().put("content", chunk), null, usage));
      }
    }
    for (int i = 0; i < answer.toolCalls().size(); i++) {
      RequestedTool call = answer.toolCalls().get(i);
      frames.token(chunk(completion, toolDelta(i, toolCall(call, "")), null, usage));
      for (String chunk : Tokens.chunks(call.arguments())) {
        ObjectNode delta = JsonNodes.object();
        delta.putObject("function").put("arguments", chunk);
        frames.token(chunk(completion, toolDelta(i, delta), null, usage));
      }
    }
    frames.closing(chunk(completion, JsonNodes.object(), answer.effectiveFinishReason(), usage));
    if (usage) {
      ObjectNode last = envelope(completion, "chat.completion.chunk");
      last.putArray("choices");
      last.set("usage", usage(completion));
      frames.closing(event(last));
    }
    return frames.closing("data: [DONE]\n\n").build();
  }

  @Override
  public String streamType() {
    return "text/event-stream";
  }

  @Override
  public String malformedFrame() {
    return "data: {\"id\":\"chatcmpl-broken\",\"choices\":[{\"delta\":{\"cont\n\n";
  }

  @Override
  public String error(int status, String message) {
    ObjectNode json = JsonNodes.object();
    json.putObject("error")
        .put("message", message)
        .put("type", ERROR_TYPES.getOrDefault(status, "server_error"))
        .putNull("param")
        .put("code", status == 429 ? "rate_limit_exceeded" : null);
    return JsonNodes.write(json);
  }

  private static ModelRequest.Message message(JsonNode message) {
    List<RequestedTool> calls = new ArrayList<>();
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      calls.add(
          new RequestedTool(
              call.path("id").asText(),
              function.path("name").asText(),
              function.path("arguments").asText()));
    }
    return new ModelRequest.Message(
        message.path("role").asText(),
        JsonNodes.textOf(message.path("content")),
        calls,
        message.path("tool_call_id").asText(null));
  }

  private static ModelRequest.Tool tool(JsonNode function) {
    return new ModelRequest.Tool(
        function.path("name").asText(),
        function.path("description").asText(),
        JsonNodes.write(function.path("parameters")));
  }

  private static ObjectNode toolCall(RequestedTool call, String arguments) {
    ObjectNode json = JsonNodes.object().put("id", call.id()).put("type", "function");
    json.putObject("function").put("name", call.name()).put("arguments", arguments);
    return json;
  }

  private static ObjectNode toolDelta(int index, ObjectNode call) {
    ObjectNode delta = JsonNodes.object();
    delta.putArray("tool_calls").add(call.put("index", index));
    return delta;
  }

  private String chunk(
      Completion completion, ObjectNode delta, @Nullable String finishReason, boolean usage) {
    ObjectNode json = envelope(completion, "chat.completion.chunk");
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", finishReason);
    if (usage) {
      json.putNull("usage");
    }
    return event(json);
  }

  private ObjectNode envelope(Completion completion, String object) {
    return JsonNodes.object()
        .put("id", "chatcmpl-" + completion.id())
        .put("object", object)
        .put("created", clock.instant().getEpochSecond())
        .put("model", completion.request().model());
  }

  private static ObjectNode usage(Completion completion) {
    Usage special = completion.answer().special();
    ObjectNode json =
        JsonNodes.object()
            .put("prompt_tokens", completion.promptTokens())
            .put("completion_tokens", completion.completionTokens())
            .put("total_tokens", completion.totalTokens());
    json.putObject("prompt_tokens_details")
        .put("cached_tokens", special.get(TokenKind.CACHED_INPUT))
        .put("audio_tokens", special.get(TokenKind.INPUT_AUDIO));
    json.putObject("completion_tokens_details")
        .put("audio_tokens", special.get(TokenKind.OUTPUT_AUDIO));
    return json;
  }

  private static String event(ObjectNode json) {
    return "data: " + JsonNodes.write(json) + "\n\n";
  }
}
