package io.gild.observability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests and answers in the providers' own forms of JSON, those of OpenAI, Anthropic and
 * Google, into the form of the GenAI conventions. For one thread.
 */
final class ProviderMessages {

  private final PlainContent plain;

  ProviderMessages(PlainContent plain) {
    this.plain = plain;
  }

  /** Returns the parts of the instructions that a request has beside its messages. */
  List<Object> instructions(Map<?, ?> request) {
    List<Object> parts = new ArrayList<>();
    for (String key : List.of("system", "instructions", "systemInstruction")) {
      parts.addAll(parts(request.get(key)));
    }
    return parts;
  }

  /** Returns the messages of a request. */
  List<Object> input(Map<?, ?> request) {
    List<Object> messages = new ArrayList<>();
    for (String key : List.of("messages", "input", "contents")) {
      Object value = request.get(key);
      if (value instanceof String text) {
        messages.add(message("user", List.of(part(text))));
      }
      list(value).forEach(each -> add(messages, each, "user"));
    }
    return messages;
  }

  /** Returns the messages of an answer. */
  List<Object> output(Map<?, ?> answer) {
    List<Object> messages = new ArrayList<>();
    list(answer.get("choices"))
        .forEach(each -> add(messages, map(each).get("message"), "assistant"));
    list(answer.get("candidates"))
        .forEach(each -> add(messages, map(each).get("content"), "assistant"));
    list(answer.get("output")).forEach(each -> add(messages, each, "assistant"));
    if (answer.get("content") instanceof List<?>) {
      add(messages, answer, "assistant");
    }
    return messages;
  }

  /** Returns the tools that a request offers; their parameters are left out. */
  List<Object> tools(Map<?, ?> request) {
    List<Object> tools = new ArrayList<>();
    for (Object each : list(request.get("tools"))) {
      Map<?, ?> tool = map(each);
      List<?> functions = list(tool.get("functionDeclarations"));
      Object own = tool.get("function");
      for (Object function : functions.isEmpty() ? List.of(own == null ? tool : own) : functions) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        named.put("type", "function");
        named.put("name", map(function).get("name"));
        named.put("description", map(function).get("description"));
        named.values().removeIf(value -> value == null);
        if (named.containsKey("name")) {
          tools.add(named);
        }
      }
    }
    return tools;
  }

  private void add(List<Object> messages, @Nullable Object value, String usual) {
    Map<?, ?> message = map(value);
    if (message.isEmpty()) {
      return;
    }
    List<Object> parts = new ArrayList<>();
    Object content = message.get("content");
    if ("tool".equals(message.get("role"))) {
      parts.add(response(message.get("tool_call_id"), content));
    } else {
      parts.addAll(parts(content));
    }
    parts.addAll(parts(message.get("parts")));
    list(message.get("tool_calls")).forEach(each -> parts.addAll(parts(each)));
    if (message.get("type") instanceof String type && !type.equals("message")) {
      parts.addAll(item(message, type));
    }
    if (!parts.isEmpty()) {
      messages.add(message(role(message, usual), parts));
    }
  }

  private static String role(Map<?, ?> message, String usual) {
    Object type = message.get("type");
    if ("function_call_output".equals(type)) {
      return "tool";
    }
    Object role = message.get("role");
    if (role == null) {
      return "function_call".equals(type) ? "assistant" : usual;
    }
    return switch (role.toString()) {
      case "developer" -> "system";
      case "model" -> "assistant";
      default -> role.toString();
    };
  }

  private List<Object> parts(@Nullable Object content) {
    if (content instanceof String text) {
      return text.isEmpty() ? List.of() : List.of(part(text));
    }
    List<Object> parts = new ArrayList<>();
    if (content instanceof Map<?, ?> one) {
      Object inner = one.get("parts");
      parts.addAll(inner == null ? item(one, String.valueOf(one.get("type"))) : parts(inner));
    }
    list(content).forEach(each -> parts.addAll(parts(each)));
    return parts;
  }

  /** Returns the parts of an element of a content, or of an element beside the messages. */
  private List<Object> item(Map<?, ?> item, String type) {
    Object own = item.get("function");
    Map<?, ?> function = map(own == null ? item.get("functionCall") : own);
    Map<?, ?> answered = map(item.get("functionResponse"));
    if (!function.isEmpty()) {
      Object arguments = function.get("arguments");
      return List.of(
          call(
              item.get("id"),
              function.get("name"),
              arguments == null ? function.get("args") : arguments));
    }
    if (!answered.isEmpty()) {
      return List.of(response(answered.get("id"), answered.get("response")));
    }
    if (item.get("text") instanceof String text) {
      return List.of(part(text));
    }
    return switch (type) {
      case "tool_use" -> List.of(call(item.get("id"), item.get("name"), item.get("input")));
      case "function_call" ->
          List.of(call(item.get("call_id"), item.get("name"), item.get("arguments")));
      case "tool_result" -> List.of(response(item.get("tool_use_id"), item.get("content")));
      case "function_call_output" -> List.of(response(item.get("call_id"), item.get("output")));
      default -> List.of(other(item, type));
    };
  }

  /** Images, audio and documents are named, and not copied. */
  private static Object other(Map<?, ?> item, String type) {
    Map<String, @Nullable Object> part = new LinkedHashMap<>();
    part.put("type", "generic");
    part.put(
        "generic_type",
        !type.equals("null") || item.isEmpty()
            ? type
            : String.valueOf(item.keySet().iterator().next()));
    return part;
  }

  private Object call(@Nullable Object id, @Nullable Object name, @Nullable Object arguments) {
    Map<String, @Nullable Object> part = new LinkedHashMap<>();
    part.put("type", "tool_call");
    part.put("id", plain.of(id));
    part.put("name", plain.of(name));
    part.put(
        "arguments", arguments instanceof String text ? plain.ofJson(text) : plain.of(arguments));
    part.values().removeIf(value -> value == null);
    return part;
  }

  private Object response(@Nullable Object id, @Nullable Object result) {
    Map<String, @Nullable Object> part = new LinkedHashMap<>();
    part.put("type", "tool_call_response");
    if (id != null) {
      part.put("id", plain.of(id));
    }
    part.put("response", result instanceof String text ? plain.ofJson(text) : plain.of(result));
    return part;
  }

  private Map<String, @Nullable Object> part(String text) {
    Map<String, @Nullable Object> part = new LinkedHashMap<>();
    part.put("type", "text");
    part.put("content", plain.of(text));
    return part;
  }

  private static Map<String, @Nullable Object> message(String role, List<Object> parts) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("role", role);
    message.put("parts", parts);
    return message;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
