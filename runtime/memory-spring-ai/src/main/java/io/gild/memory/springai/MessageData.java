package io.gild.memory.springai;

import io.gild.core.GildLog;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AbstractMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeType;

/** The parts of Spring AI's messages as texts, numbers, booleans, lists and maps. */
final class MessageData {

  private MessageData() {}

  /** Returns the metadata that can be kept; for others a line is logged. */
  static Map<String, Object> metadata(Map<String, Object> metadata) {
    Map<String, Object> kept = new LinkedHashMap<>();
    metadata.forEach((key, value) -> {
      if (key.equals(AbstractMessage.MESSAGE_TYPE)) {
        return; // Spring AI sets it itself
      }
      if (isPlain(value)) {
        kept.put(key, value);
      } else {
        GildLog.infoOnce(
            "Metadata \"%s\" of Spring AI's messages are not kept in sessions, because they are of the type %s; texts, numbers, booleans, lists and maps are kept"
                .formatted(key, value.getClass().getName()));
      }
    });
    return kept;
  }

  private static boolean isPlain(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .allMatch(entry -> entry.getKey() instanceof String && isPlain(entry.getValue()));
    }
    if (value instanceof List<?> list) {
      return list.stream().allMatch(MessageData::isPlain);
    }
    return value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Number;
  }

  static Map<String, Object> of(ToolCall call) {
    return map(
        "id", call.id(), "type", call.type(), "name", call.name(), "arguments", call.arguments());
  }

  static ToolCall call(Map<String, Object> data) {
    return new ToolCall(
        text(data, "id"), text(data, "type"), text(data, "name"), text(data, "arguments"));
  }

  static Map<String, Object> of(ToolResponse response) {
    return map("id", response.id(), "name", response.name(), "data", response.responseData());
  }

  static ToolResponse response(Map<String, Object> data) {
    return new ToolResponse(text(data, "id"), text(data, "name"), text(data, "data"));
  }

  /**
   * Returns media.
   *
   * @throws IllegalArgumentException if they are neither bytes nor a text
   */
  static Map<String, Object> of(Media media) {
    Map<String, Object> data =
        map(
            "mime-type",
            media.getMimeType().toString(),
            "id",
            media.getId(),
            "name",
            media.getName());
    Object content = media.getData();
    if (content instanceof byte[] bytes) {
      data.put("bytes", Base64.getEncoder().encodeToString(bytes));
    } else if (content instanceof String text) {
      data.put("text", text);
    } else {
      throw new IllegalArgumentException(
          "Media of the type %s cannot be kept; give bytes, a text or a URL"
              .formatted(content.getClass().getName()));
    }
    return data;
  }

  static Media media(Map<String, Object> data) {
    Media.Builder media =
        Media.builder()
            .mimeType(MimeType.valueOf(text(data, "mime-type")))
            .name(text(data, "name"));
    if (data.get("id") instanceof String id) {
      media.id(id);
    }
    return data.get("bytes") instanceof String bytes
        ? media.data(Base64.getDecoder().decode(bytes)).build()
        : media.data(text(data, "text")).build();
  }

  private static Map<String, Object> map(@Nullable String... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      String value = keysAndValues[i + 1];
      if (value != null) {
        map.put(Objects.requireNonNull(keysAndValues[i]), value);
      }
    }
    return map;
  }

  private static String text(Map<String, Object> data, String key) {
    return data.get(key) instanceof String text ? text : "";
  }

  static List<Map<String, Object>> objects(@Nullable Object list) {
    List<Map<String, Object>> objects = new ArrayList<>();
    if (list instanceof List<?> items) {
      items.forEach(item -> objects.add(object(item)));
    }
    return objects;
  }

  /** Returns an object of JSON, with numbers of the classes that are usual. */
  static Map<String, Object> object(@Nullable Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> object.put(String.valueOf(key), usual(item)));
    }
    return object;
  }

  private static Object usual(Object value) {
    if (value instanceof Long number && number == number.intValue()) {
      return number.intValue();
    }
    if (value instanceof BigDecimal number) {
      return number.doubleValue();
    }
    if (value instanceof Map<?, ?> map) {
      return object(map);
    }
    return value instanceof List<?> list ? list.stream().map(MessageData::usual).toList() : value;
  }
}
