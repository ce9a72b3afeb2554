package io.gild.observability;

import io.gild.core.PerClass;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of LangChain4j and Spring AI, of which neither is a dependency, in the form of
 * the GenAI conventions. Calls methods of these libraries alone. For one thread.
 */
final class LibraryMessages {

  /** Packages of values; a memory of the libraries may read a database when it is asked. */
  private static final List<String> PACKAGES =
      List.of(
          "dev.langchain4j.model.",
          "dev.langchain4j.data.message.",
          "dev.langchain4j.agent.tool.",
          "dev.langchain4j.service.Result",
          "org.springframework.ai.chat.prompt.",
          "org.springframework.ai.chat.model.",
          "org.springframework.ai.chat.messages.",
          "org.springframework.ai.content.",
          "org.springframework.ai.openai.OpenAiChatOptions",
          "org.springframework.ai.anthropic.AnthropicChatOptions",
          "org.springframework.ai.ollama.api.OllamaChatOptions",
          "org.springframework.ai.google.genai.GoogleGenAiChatOptions");

  private static final PerClass<Boolean> KNOWN =
      new PerClass<>(type -> PACKAGES.stream().anyMatch(type.getName()::startsWith));

  /** Searching for a method costs more than calling it, above all if there is none. */
  private static final PerClass<Map<String, Optional<Method>>> GETTERS =
      new PerClass<>(type -> new ConcurrentHashMap<>());

  private final PlainContent plain;

  LibraryMessages(PlainContent plain) {
    this.plain = plain;
  }

  /** Returns whether an object is one of the libraries'. */
  static boolean knows(@Nullable Object value) {
    return value != null && KNOWN.get(value.getClass());
  }

  /** Returns the messages of a request, a response, a message or a list of these. */
  List<Object> of(@Nullable Object value) {
    List<Object> messages = new ArrayList<>();
    if (value instanceof List<?> items) {
      items.forEach(item -> messages.addAll(knows(item) ? of(item) : List.of()));
      return messages;
    }
    for (String inner : List.of("messages", "getInstructions", "getResults")) {
      if (read(value, inner) instanceof List<?> items) {
        return of(items);
      }
    }
    for (String inner : List.of("aiMessage", "getOutput", "content")) {
      Object message = read(value, inner);
      if (knows(message)) {
        return of(message);
      }
    }
    Map<String, @Nullable Object> message = message(value);
    return message == null ? messages : List.of(message);
  }

  /** Returns the tools that a request offers; their parameters are left out. */
  List<Object> tools(@Nullable Object request) {
    List<Object> tools = new ArrayList<>();
    if (read(request, "toolSpecifications") instanceof List<?> specifications) {
      for (Object specification : specifications) {
        Map<String, @Nullable Object> tool = new LinkedHashMap<>();
        tool.put("type", "function");
        tool.put("name", text(specification, "name"));
        tool.put("description", text(specification, "description"));
        tool.values().removeIf(value -> value == null);
        tools.add(tool);
      }
    }
    return tools;
  }

  private @Nullable Map<String, @Nullable Object> message(@Nullable Object value) {
    Object type = read(value, "type");
    Object kind = type == null ? read(value, "getMessageType") : type;
    String role = kind == null ? null : role(kind.toString());
    if (role == null) {
      return null;
    }
    List<Object> parts = new ArrayList<>();
    responses(value, role, parts);
    if (parts.isEmpty()) {
      contents(value, parts);
    }
    calls(value, parts);
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("role", role);
    message.put("parts", parts);
    return message;
  }

  private static @Nullable String role(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "system" -> "system";
      case "user" -> "user";
      case "ai", "assistant" -> "assistant";
      case "tool_execution_result", "tool" -> "tool";
      default -> null;
    };
  }

  private void contents(@Nullable Object value, List<Object> parts) {
    if (read(value, "contents") instanceof List<?> contents) {
      for (Object content : contents) {
        String text = text(content, "text");
        parts.add(text == null ? other(content) : part(text));
      }
      return;
    }
    String own = text(value, "text");
    String text = own == null ? text(value, "getText") : own;
    if (text != null && !text.isEmpty()) {
      parts.add(part(text));
    }
  }

  private Map<String, @Nullable Object> part(String text) {
    Map<String, @Nullable Object> part = new LinkedHashMap<>();
    part.put("type", "text");
    part.put("content", plain.of(text));
    return part;
  }

  /** Images, audio and documents are named, and not copied. */
  private Map<String, @Nullable Object> other(@Nullable Object content) {
    Map<String, @Nullable Object> part = new LinkedHashMap<>();
    part.put("type", "generic");
    Object type = read(content, "type");
    part.put("generic_type", type == null ? "unknown" : type.toString().toLowerCase(Locale.ROOT));
    return part;
  }

  private void calls(@Nullable Object value, List<Object> parts) {
    Object own = read(value, "toolExecutionRequests");
    if ((own == null ? read(value, "getToolCalls") : own) instanceof List<?> calls) {
      for (Object call : calls) {
        Map<String, @Nullable Object> part = new LinkedHashMap<>();
        part.put("type", "tool_call");
        part.put("id", text(call, "id"));
        part.put("name", text(call, "name"));
        String arguments = text(call, "arguments");
        part.put("arguments", arguments == null ? null : plain.ofJson(arguments));
        part.values().removeIf(each -> each == null);
        parts.add(part);
      }
    }
  }

  private void responses(@Nullable Object value, String role, List<Object> parts) {
    if (!role.equals("tool")) {
      return;
    }
    if (read(value, "getResponses") instanceof List<?> responses) {
      responses.forEach(each -> parts.add(response(text(each, "id"), text(each, "responseData"))));
    } else {
      parts.add(response(text(value, "id"), text(value, "text")));
    }
  }

  private Map<String, @Nullable Object> response(@Nullable String id, @Nullable String result) {
    Map<String, @Nullable Object> part = new LinkedHashMap<>();
    part.put("type", "tool_call_response");
    if (id != null) {
      part.put("id", id);
    }
    part.put("response", result == null ? "" : plain.ofJson(result));
    return part;
  }

  private static @Nullable String text(@Nullable Object value, String method) {
    return read(value, method) instanceof String text ? text : null;
  }

  /** Returns what a method returns; null if there is no such method, or it fails. */
  static @Nullable Object read(@Nullable Object value, String method) {
    if (value == null || !knows(value)) {
      return null;
    }
    try {
      Method found =
          GETTERS
              .get(value.getClass())
              .computeIfAbsent(method, name -> find(value.getClass(), name))
              .orElse(null);
      return found == null ? null : found.invoke(value);
    } catch (IllegalAccessException | InvocationTargetException | RuntimeException failed) {
      return null;
    }
  }

  private static Optional<Method> find(Class<?> type, String name) {
    try {
      Method found = type.getMethod(name);
      found.setAccessible(true);
      return Optional.of(found);
    } catch (NoSuchMethodException | RuntimeException absent) {
      return Optional.empty();
    }
  }
}
