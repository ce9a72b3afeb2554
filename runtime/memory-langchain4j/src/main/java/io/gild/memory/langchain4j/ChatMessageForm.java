package io.gild.memory.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.spi.MessageForm;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** LangChain4j's messages; each is kept in LangChain4j's own JSON, with its role and text. */
final class ChatMessageForm implements MessageForm<ChatMessage> {

  private static final String JSON = "langchain4j";

  @Override
  public SessionMessage write(String id, ChatMessage message, Instant at) {
    String text = text(message);
    SessionMessage counted = SessionMessage.of(id, role(message), text + calls(message), at);
    return new SessionMessage(
        id,
        counted.role(),
        text,
        at,
        counted.tokens(),
        false,
        Map.of(JSON, ChatMessageSerializer.messageToJson(message)));
  }

  private static Role role(ChatMessage message) {
    return switch (message.type()) {
      case SYSTEM -> Role.SYSTEM;
      case USER -> Role.USER;
      case AI -> Role.ASSISTANT;
      case TOOL_EXECUTION_RESULT -> Role.TOOL;
      case CUSTOM -> role((CustomMessage) message);
    };
  }

  private static Role role(CustomMessage message) {
    String name = String.valueOf(message.attributes().get("role"));
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "system" -> Role.SYSTEM;
      case "assistant" -> Role.ASSISTANT;
      case "tool" -> Role.TOOL;
      default -> Role.USER;
    };
  }

  private static String text(ChatMessage message) {
    if (message instanceof SystemMessage system) {
      return system.text();
    }
    if (message instanceof UserMessage user) {
      return text(user.contents());
    }
    if (message instanceof AiMessage answer) {
      return Objects.requireNonNullElse(answer.text(), "");
    }
    if (message instanceof ToolExecutionResultMessage result) {
      return text(result.contents());
    }
    return message instanceof CustomMessage custom
        ? Objects.toString(custom.attributes().get("content"), "")
        : "";
  }

  /** Returns the texts, and what kind of content the others are. */
  private static String text(List<Content> contents) {
    return contents.stream()
        .map(content ->
            content instanceof TextContent text
                ? text.text()
                : "[" + content.type().name().toLowerCase(Locale.ROOT) + "]")
        .collect(Collectors.joining("\n"));
  }

  private static String calls(ChatMessage message) {
    return message instanceof AiMessage answer
        ? answer.toolExecutionRequests().stream()
            .map(request -> request.name() + request.arguments())
            .collect(Collectors.joining())
        : "";
  }

  @Override
  public @Nullable ChatMessage read(SessionMessage message) {
    if (message.data().get(JSON) instanceof String json) {
      return ChatMessageDeserializer.messageFromJson(json);
    }
    if (message.text().isBlank()) {
      return null; // LangChain4j has no messages without text
    }
    return switch (message.role()) {
      case SYSTEM -> SystemMessage.from(message.text());
      case USER -> UserMessage.from(message.text());
      case ASSISTANT -> AiMessage.from(message.text());
      case TOOL -> null; // without the ids of its request, a result is invalid
    };
  }

  @Override
  public ChatMessage withSummary(@Nullable ChatMessage instructions, String summary) {
    return SystemMessage.from(
        instructions == null ? summary : text(instructions) + "\n\n" + summary);
  }

  @Override
  public List<String> requests(ChatMessage message) {
    return message instanceof AiMessage answer
        ? answer.toolExecutionRequests().stream()
            .map(ToolExecutionRequest::id)
            .filter(Objects::nonNull)
            .toList()
        : List.of();
  }

  @Override
  public List<String> results(ChatMessage message) {
    return message instanceof ToolExecutionResultMessage result && result.id() != null
        ? List.of(result.id())
        : List.of();
  }
}
