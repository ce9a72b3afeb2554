package io.gild.libraries;

import io.gild.config.Json;
import io.gild.config.TokenKind;
import io.gild.weaver.Foreign;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of requests to models on Bedrock and of their responses, in the format of the model's
 * vendor: Anthropic, Amazon (Nova and Titan), Meta, Mistral, and vendors that use OpenAI's format.
 */
final class InvokeBody {

  private static final String[][] TEXTS = {
    {"results", "0", "outputText"},
    {"output", "message", "content", "0", "text"},
    {"generation"},
    {"outputs", "0", "text"},
    {"choices", "0", "message", "content"},
    {"outputText"},
    {"delta", "text"},
    {"contentBlockDelta", "delta", "text"},
    {"choices", "0", "delta", "content"},
  };

  private static final String[][] REASONS = {
    {"stop_reason"},
    {"stopReason"},
    {"results", "0", "completionReason"},
    {"outputs", "0", "stop_reason"},
    {"choices", "0", "finish_reason"},
    {"completionReason"},
    {"delta", "stop_reason"},
    {"messageStop", "stopReason"},
  };

  private static final String[][] INPUTS = {
    {"usage", "inputTokens"},
    {"usage", "prompt_tokens"},
    {"metadata", "usage", "inputTokens"},
    {"prompt_token_count"},
    {"inputTextTokenCount"},
  };

  private static final String[][] OUTPUTS = {
    {"usage", "outputTokens"},
    {"usage", "completion_tokens"},
    {"metadata", "usage", "outputTokens"},
    {"generation_token_count"},
    {"results", "0", "tokenCount"},
    {"totalOutputTextTokenCount"},
  };

  private static final String METRICS = "amazon-bedrock-invocationMetrics";

  /** The fields of a stream's chunk in one of the known formats. */
  private static final String[][] STREAMED = {
    {"type"},
    {"choices"},
    {"generation"},
    {"outputs"},
    {"outputText"},
    {"messageStart"},
    {"contentBlockDelta"},
  };

  private final @Nullable Object json;

  private InvokeBody(@Nullable Object json) {
    this.json = json;
  }

  /** Reads the bytes of a request, a response or a chunk. */
  static InvokeBody of(@Nullable Object holder, String getter) throws Throwable {
    String text = Foreign.text(holder, getter, "asUtf8String");
    return new InvokeBody(text.isEmpty() ? null : Json.read(text));
  }

  /** Wraps JSON that is parsed already. */
  static InvokeBody of(@Nullable Object json) {
    return new InvokeBody(json);
  }

  /** Returns whether a request is for embeddings, by the name of its model. */
  static boolean embeds(@Nullable Object request) {
    try {
      return Foreign.text(request, "modelId").contains("embed");
    } catch (Throwable unreadable) {
      return false;
    }
  }

  /** Returns the last text of the user, or null. */
  @Nullable String prompt() {
    String plain = first(new String[][] {{"prompt"}, {"inputText"}});
    if (plain != null) {
      return plain;
    }
    List<?> messages = list("messages");
    for (int i = messages.size() - 1; i >= 0; i--) {
      InvokeBody message = new InvokeBody(messages.get(i));
      if ("user".equals(message.at("role"))) {
        String text = message.textOf("content");
        if (!text.isEmpty()) {
          return text;
        }
      }
    }
    return null;
  }

  /** Returns the text of an answer, or of a chunk. */
  String text() {
    String text = first(TEXTS);
    return text == null ? textOf("content") : text;
  }

  private String textOf(String field) {
    if (at(field) instanceof String whole) {
      return whole;
    }
    StringBuilder text = new StringBuilder();
    for (Object block : list(field)) {
      String part = new InvokeBody(block).first(new String[][] {{"text"}});
      text.append(part == null ? "" : part);
    }
    return text.toString();
  }

  /** Returns why the model stopped; null if the reason is missing. */
  @Nullable String reason() {
    return first(REASONS);
  }

  /** Returns the names of the tools that an answer requests. */
  List<String> tools() {
    List<String> tools = new ArrayList<>();
    for (Object block : list("content")) {
      InvokeBody part = new InvokeBody(block);
      if ("tool_use".equals(part.at("type"))) {
        addTo(tools, part, "name");
      }
    }
    for (Object call : list("choices", "0", "message", "tool_calls")) {
      addTo(tools, new InvokeBody(call), "function", "name");
    }
    for (Object call : list("choices", "0", "delta", "tool_calls")) {
      addTo(tools, new InvokeBody(call), "function", "name");
    }
    for (Object block : list("output", "message", "content")) {
      addTo(tools, new InvokeBody(block), "toolUse", "name");
    }
    addTo(tools, this, "contentBlockStart", "start", "toolUse", "name");
    addTo(tools, this, "content_block", "name");
    return tools;
  }

  private static void addTo(List<String> tools, InvokeBody body, String... path) {
    if (body.at(path) instanceof String name) {
      tools.add(name);
    }
  }

  /** Returns the token counts of this body; Anthropic counts its cache separately. */
  ReportedTokens counts() {
    Object begun = at("message", "usage");
    InvokeBody usage = new InvokeBody(begun == null ? at("usage") : begun);
    Long plain = usage.number("input_tokens");
    Long output = usage.number("output_tokens");
    return new ReportedTokens()
        .setPlainInput(plain)
        .set(TokenKind.INPUT, plain == null ? firstNumber(INPUTS) : null)
        .set(TokenKind.CACHED_INPUT, usage.number("cache_read_input_tokens"))
        .set(TokenKind.CACHE_WRITE, usage.number("cache_creation_input_tokens"))
        .set(
            TokenKind.CACHE_WRITE_HOUR, usage.number("cache_creation", "ephemeral_1h_input_tokens"))
        .set(TokenKind.OUTPUT, output == null ? firstNumber(OUTPUTS) : output);
  }

  /** Returns the token counts of an event of a vendor's own protocol, outside of Bedrock. */
  ReportedTokens wireCounts() {
    if (at("usageMetadata") != null) {
      return GoogleDialect.counts(
          number("usageMetadata", "promptTokenCount"),
          number("usageMetadata", "toolUsePromptTokenCount"),
          number("usageMetadata", "candidatesTokenCount"),
          number("usageMetadata", "thoughtsTokenCount"),
          number("usageMetadata", "totalTokenCount"),
          number("usageMetadata", "cachedContentTokenCount"));
    }
    if (at("done") != null) {
      return new ReportedTokens()
          .set(TokenKind.INPUT, number("prompt_eval_count"))
          .set(TokenKind.OUTPUT, number("eval_count"));
    }
    if (at("choices") != null) {
      return OpenAiDialect.counts(
          number("usage", "prompt_tokens"),
          number("usage", "completion_tokens"),
          number("usage", "total_tokens"),
          number("usage", "prompt_tokens_details", "cached_tokens"),
          number("usage", "completion_tokens_details", "reasoning_tokens"));
    }
    return counts();
  }

  /** Returns Bedrock's own counts in the last chunk of a stream. */
  ReportedTokens metrics() {
    return new ReportedTokens()
        .set(TokenKind.INPUT, number(METRICS, "inputTokenCount"))
        .set(TokenKind.OUTPUT, number(METRICS, "outputTokenCount"));
  }

  /** Whether this is the last chunk of a stream. */
  boolean isLast() {
    return at(METRICS) != null || "message_stop".equals(at("type")) || reason() != null;
  }

  /** Whether this is a chunk of a stream in a known format. */
  boolean isKnownChunk() {
    for (String[] path : STREAMED) {
      if (at(path) != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Writes an answer in the format of the model of this request.
   *
   * @param model name of the model; two vendors have the same request format
   */
  Map<String, Object> answer(String text, String model) {
    if (at("inputText") != null) {
      return Map.of("results", List.of(Map.of("outputText", text, "completionReason", "FINISH")));
    }
    if (at("prompt") != null) {
      return model.contains("mistral.")
          ? Map.of("outputs", List.of(Map.of("text", text, "stop_reason", "stop")))
          : Map.of("generation", text, "stop_reason", "stop");
    }
    List<Object> content = List.of(Map.of("type", "text", "text", text));
    if (at("inferenceConfig") != null || at("schemaVersion") != null) {
      Map<String, Object> message = Map.of("role", "assistant", "content", content);
      return Map.of("output", Map.of("message", message), "stopReason", "end_turn");
    }
    if (at("anthropic_version") == null) {
      Map<String, Object> message = Map.of("role", "assistant", "content", text);
      return choice("message", message, "stop");
    }
    return Map.of(
        "type", "message",
        "role", "assistant",
        "content", content,
        "stop_reason", "end_turn",
        "usage", Map.of("input_tokens", 0, "output_tokens", 0));
  }

  /**
   * Writes a choice in the format of OpenAI, which Mistral also uses for requests with messages.
   */
  private static Map<String, Object> choice(
      String part, Map<String, Object> message, String reason) {
    return Map.of("choices", List.of(Map.of("index", 0, part, message, "finish_reason", reason)));
  }

  /** Writes the chunks of such an answer. */
  List<Map<String, Object>> chunks(String text, String model) {
    Map<String, Object> whole = answer(text, model);
    if (whole.containsKey("output")) {
      return List.of(
          Map.of(
              "contentBlockDelta", Map.of("delta", Map.of("text", text), "contentBlockIndex", 0)),
          Map.of("messageStop", Map.of("stopReason", "end_turn")));
    }
    if (whole.containsKey("results")) {
      return List.of(Map.of("outputText", text, "completionReason", "FINISH"));
    }
    if (whole.containsKey("choices")) {
      return List.of(choice("delta", Map.of("role", "assistant", "content", text), "stop"));
    }
    if (!whole.containsKey("content")) {
      return List.of(whole);
    }
    return List.of(
        Map.of(
            "type",
            "content_block_delta",
            "index",
            0,
            "delta",
            Map.of("type", "text_delta", "text", text)),
        Map.of(
            "type",
            "message_delta",
            "delta",
            Map.of("stop_reason", "end_turn"),
            "usage",
            Map.of("output_tokens", 0)),
        Map.of("type", "message_stop"));
  }

  private @Nullable String first(String[][] paths) {
    for (String[] path : paths) {
      if (at(path) instanceof String text && !text.isEmpty()) {
        return text;
      }
    }
    return null;
  }

  private @Nullable Long firstNumber(String[]... paths) {
    for (String[] path : paths) {
      Long number = number(path);
      if (number != null) {
        return number;
      }
    }
    return null;
  }

  private @Nullable Long number(String... path) {
    return at(path) instanceof Number number ? number.longValue() : null;
  }

  private List<?> list(String... path) {
    return at(path) instanceof List<?> list ? list : Collections.emptyList();
  }

  /** Follows fields, and indices of lists. */
  private @Nullable Object at(String... path) {
    Object value = json;
    for (String step : path) {
      if (value instanceof Map<?, ?> map) {
        value = map.get(step);
      } else if (value instanceof List<?> list && step.equals("0") && !list.isEmpty()) {
        value = list.get(0);
      } else {
        return null;
      }
    }
    return value;
  }
}
