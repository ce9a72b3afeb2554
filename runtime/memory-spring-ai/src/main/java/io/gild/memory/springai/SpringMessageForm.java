package io.gild.memory.springai;

import io.gild.core.GildLog;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.spi.MessageForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.ai.content.MediaContent;

/** Spring AI's messages; what is more than role and text is kept in the data. */
final class SpringMessageForm implements MessageForm<Message> {

  private static final String DATA = "spring-ai";
  private static final Set<Class<?>> TYPES =
      Set.of(
          SystemMessage.class,
          UserMessage.class,
          AssistantMessage.class,
          ToolResponseMessage.class);

  @Override
  public SessionMessage write(String id, Message message, Instant at) {
    Role role = role(message);
    if (!TYPES.contains(message.getClass())) {
      GildLog.infoOnce(
          "%s is kept without what it adds to Spring AI's own message"
              .formatted(message.getClass().getName()));
    }
    String text = text(message);
    SessionMessage counted = SessionMessage.of(id, role, text + calls(message), at);
    Map<String, Object> data = Map.of(DATA, data(message));
    return new SessionMessage(id, role, text, at, counted.tokens(), false, data);
  }

  private static Role role(Message message) {
    if (message instanceof SystemMessage) {
      return Role.SYSTEM;
    } else if (message instanceof UserMessage) {
      return Role.USER;
    } else if (message instanceof AssistantMessage) {
      return Role.ASSISTANT;
    } else if (message instanceof ToolResponseMessage) {
      return Role.TOOL;
    }
    throw new IllegalArgumentException(
        "A message of the type %s cannot be kept; use SystemMessage, UserMessage, AssistantMessage or ToolResponseMessage"
            .formatted(message.getClass().getName()));
  }

  private static String text(Message message) {
    return message instanceof ToolResponseMessage results
        ? results.getResponses().stream()
            .map(ToolResponse::responseData)
            .collect(Collectors.joining("\n"))
        : Objects.requireNonNullElse(message.getText(), "");
  }

  private static String calls(Message message) {
    return message instanceof AssistantMessage answer
        ? answer.getToolCalls().stream()
            .map(call -> call.name() + call.arguments())
            .collect(Collectors.joining())
        : "";
  }

  private static Map<String, Object> data(Message message) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("metadata", MessageData.metadata(message.getMetadata()));
    if (message instanceof MediaContent content && !content.getMedia().isEmpty()) {
      data.put("media", content.getMedia().stream().map(MessageData::of).toList());
    }
    if (message instanceof AssistantMessage answer && answer.hasToolCalls()) {
      data.put("calls", answer.getToolCalls().stream().map(MessageData::of).toList());
    }
    if (message instanceof ToolResponseMessage results) {
      data.put("responses", results.getResponses().stream().map(MessageData::of).toList());
    }
    return data;
  }

  @Override
  public @Nullable Message read(SessionMessage message) {
    if (!(message.data().get(DATA) instanceof Map<?, ?> data)) {
      return foreign(message);
    }
    Map<String, Object> metadata = MessageData.object(data.get("metadata"));
    List<Media> media = new ArrayList<>();
    MessageData.objects(data.get("media")).forEach(each -> media.add(MessageData.media(each)));
    return switch (message.role()) {
      case SYSTEM -> SystemMessage.builder().text(message.text()).metadata(metadata).build();
      case USER ->
          UserMessage.builder().text(message.text()).metadata(metadata).media(media).build();
      case ASSISTANT -> {
        List<ToolCall> calls = new ArrayList<>();
        MessageData.objects(data.get("calls")).forEach(each -> calls.add(MessageData.call(each)));
        yield AssistantMessage.builder()
            .content(message.text())
            .properties(metadata)
            .toolCalls(calls)
            .media(media)
            .build();
      }
      case TOOL -> {
        List<ToolResponse> responses = new ArrayList<>();
        MessageData.objects(data.get("responses"))
            .forEach(each -> responses.add(MessageData.response(each)));
        yield ToolResponseMessage.builder().responses(responses).metadata(metadata).build();
      }
    };
  }

  /** Returns a message that Spring AI did not write. */
  private static @Nullable Message foreign(SessionMessage message) {
    if (message.text().isBlank()) {
      return null; // such as another framework's request for tools
    }
    return switch (message.role()) {
      case SYSTEM -> new SystemMessage(message.text());
      case USER -> new UserMessage(message.text());
      case ASSISTANT -> new AssistantMessage(message.text());
      case TOOL -> null; // without the ids of its request, a result is invalid
    };
  }

  @Override
  public Message withSummary(@Nullable Message instructions, String summary) {
    return new SystemMessage(
        instructions == null ? summary : text(instructions) + "\n\n" + summary);
  }

  @Override
  public List<String> requests(Message message) {
    return message instanceof AssistantMessage answer
        ? answer.getToolCalls().stream().map(ToolCall::id).filter(Objects::nonNull).toList()
        : List.of();
  }

  @Override
  public List<String> results(Message message) {
    return message instanceof ToolResponseMessage results
        ? results.getResponses().stream().map(ToolResponse::id).filter(Objects::nonNull).toList()
        : List.of();
  }
}
