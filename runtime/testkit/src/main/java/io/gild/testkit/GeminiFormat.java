package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Google's Gemini for one model and one method, which the path names: JSON, and server-sent events
 * without an end marker.
 */
final class GeminiFormat implements WireFormat {

  private static final Pattern PATH =
      Pattern.compile(
          "/v1\\w*/.*models/([^/:]+):"
              + "(generateContent|streamGenerateContent|embedContent|batchEmbedContents)");
  private static final Map<String, String> FINISH_REASONS =
      Map.of(
          "stop", "STOP",
          "length", "MAX_TOKENS",
          "tool_calls", "STOP",
          "content_filter", "SAFETY");
  private static final Map<Integer, String> ERROR_STATUSES =
      Map.of(
          400, "INVALID_ARGUMENT",
          404, "NOT_FOUND",
          429, "RESOURCE_EXHAUSTED",
          503, "UNAVAILABLE");

  private final String model;
  private final String verb;

  private GeminiFormat(String model, String verb) {
    this.model = model;
    this.verb = verb;
  }

  /** Returns the format of a path; null if the path is not one of Google's. */
  static @Nullable GeminiFormat of(String path) {
    Matcher asked = PATH.matcher(path);
    return asked.matches() ? new GeminiFormat(asked.group(1), asked.group(2)) : null;
  }

  String model() {
    return model;
  }

  boolean embeds() {
    return verb.endsWith("mbedContent") || verb.endsWith("mbedContents");
  }

  /** Reads the texts of a request for embeddings, which is one content or a batch of them. */
  List<String> texts(JsonNode body) {
    if (!body.has("requests")) {
      return List.of(JsonNodes.textOf(body.path("content").path("parts")));
    }
    List<String> texts = new ArrayList<>();
    body.path("requests")
        .forEach(request -> texts.add(JsonNodes.textOf(request.path("content").path("parts"))));
    return texts;
  }

  @Override
  public ModelRequest read(JsonNode body) {
    List<ModelRequest.Message> messages = new ArrayList<>();
    JsonNode system = body.path("systemInstruction").path("parts");
    if (!system.isEmpty()) {
      messages.add(new ModelRequest.Message("system", JsonNodes.textOf(system), List.of(), null));
    }
    body.path("contents").forEach(content -> addMessages(messages, content));
    List<ModelRequest.Tool> tools = new ArrayList<>();
    for (JsonNode tool : body.path("tools")) {
      for (JsonNode function : tool.path("functionDeclarations")) {
        tools.add(
            new ModelRequest.Tool(
                function.path("name").asText(),
                function.path("description").asText(),
                JsonNodes.write(function.path("parameters"))));
      }
    }
    JsonNode settings = body.path("generationConfig");
    JsonNode limit = settings.path("maxOutputTokens");
    return new ModelRequest(
        model,
        messages,
        tools,
        verb.startsWith("stream"),
        settings.path("temperature").isNumber() ? settings.path("temperature").asDouble() : null,
        limit.isNumber() ? limit.asInt() : null);
  }

  @Override
  public String whole(Completion completion) {
    ArrayNode parts = JsonNodes.array();
    ModelAnswer answer = completion.answer();
    if (!answer.text().isEmpty() || answer.toolCalls().isEmpty()) {
      parts.addObject().put("text", answer.text());
    }
    answer.toolCalls().forEach(call -> parts.add(part(call)));
    return JsonNodes.write(last(completion, parts));
  }

  @Override
  public Frames frames(Completion completion, JsonNode body) {
    Frames.Builder frames = Frames.builder();
    ArrayNode rest = JsonNodes.array();
    ModelAnswer answer = completion.answer();
    if (!answer.text().isEmpty()) {
      for (String chunk : Tokens.chunks(answer.text())) {
        ArrayNode parts = JsonNodes.array();
        parts.addObject().put("text", chunk);
        frames.token(event(envelope(completion, parts)));
      }
    }
    if (answer.toolCalls().isEmpty()) {
      rest.addObject().put("text", "");
    }
    answer.toolCalls().forEach(call -> rest.add(part(call)));
    return frames.closing(event(last(completion, rest))).build();
  }

  @Override
  public String streamType() {
    return "text/event-stream";
  }

  @Override
  public String malformedFrame() {
    return "data: {\"candidates\":[{\"content\":{\"par\n\n";
  }

  @Override
  public String error(int status, String message) {
    ObjectNode json = JsonNodes.object();
    json.putObject("error")
        .put("code", status)
        .put("message", message)
        .put("status", ERROR_STATUSES.getOrDefault(status, "INTERNAL"));
    return JsonNodes.write(json);
  }

  /** One content may contain the results of several functions; each becomes a separate message. */
  private static void addMessages(List<ModelRequest.Message> messages, JsonNode content) {
    String role = content.path("role").asText("user").equals("model") ? "assistant" : "user";
    List<RequestedTool> calls = new ArrayList<>();
    boolean hasResults = false;
    for (JsonNode part : content.path("parts")) {
      if (part.has("functionCall")) {
        String name = part.path("functionCall").path("name").asText();
        calls.add(
            new RequestedTool(name, name, JsonNodes.write(part.path("functionCall").path("args"))));
      } else if (part.has("functionResponse")) {
        hasResults = true;
        JsonNode result = part.path("functionResponse");
        messages.add(
            new ModelRequest.Message(
                "tool",
                JsonNodes.write(result.path("response")),
                List.of(),
                result.path("name").asText()));
      }
    }
    String text = JsonNodes.textOf(content.path("parts"));
    if (!hasResults || !text.isEmpty()) {
      messages.add(new ModelRequest.Message(role, text, calls, null));
    }
  }

  private static ObjectNode part(RequestedTool call) {
    ObjectNode part = JsonNodes.object();
    ObjectNode function = part.putObject("functionCall").put("name", call.name());
    function.set("args", JsonNodes.parse(call.arguments()));
    return part;
  }

  private ObjectNode last(Completion completion, ArrayNode parts) {
    ObjectNode json = envelope(completion, parts);
    String reason = completion.answer().effectiveFinishReason();
    ((ObjectNode) json.path("candidates").path(0))
        .put("finishReason", FINISH_REASONS.getOrDefault(reason, "OTHER"));
    Usage special = completion.answer().special();
    ObjectNode usage = json.putObject("usageMetadata");
    usage
        .put("promptTokenCount", completion.promptTokens())
        .put("cachedContentTokenCount", special.get(TokenKind.CACHED_INPUT))
        .put("candidatesTokenCount", completion.completionTokens())
        .put("totalTokenCount", completion.totalTokens());
    audio(usage.putArray("promptTokensDetails"), special.get(TokenKind.INPUT_AUDIO));
    audio(usage.putArray("candidatesTokensDetails"), special.get(TokenKind.OUTPUT_AUDIO));
    return json;
  }

  private ObjectNode envelope(Completion completion, ArrayNode parts) {
    ObjectNode json = JsonNodes.object();
    ObjectNode candidate = json.putArray("candidates").addObject().put("index", 0);
    candidate.putObject("content").put("role", "model").set("parts", parts);
    return json.put("modelVersion", model).put("responseId", "resp_" + completion.id());
  }

  private static String event(ObjectNode json) {
    return "data: " + JsonNodes.write(json) + "\n\n";
  }

  private static void audio(ArrayNode details, long tokens) {
    details.addObject().put("modality", "AUDIO").put("tokenCount", tokens);
  }
}
