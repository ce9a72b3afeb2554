package io.gild.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages, as Anthropic and the gateways to it answer. */
final class AnthropicShapes {

  private static final String[] REASONS = {
    "end_turn", "end_turn", "max_tokens", "stop_sequence", "tool_use", "pause_turn", "refusal"
  };

  private final Dice dice;
  private final String model;
  private final TokenSum tokens = new TokenSum();
  private int input;
  private int read;
  private int written;

  AnthropicShapes(Dice dice, String model) {
    this.dice = dice;
    this.model = model;
  }

  TokenSum tokens() {
    return tokens;
  }

  Shape shape(boolean streamed) {
    if (!streamed) {
      return Shape.whole(dice, whole(), tokens);
    }
    List<String[]> events = new ArrayList<>();
    for (ObjectNode event : events()) {
      events.add(new String[] {event.path("type").asText(), dice.json(event)});
    }
    return Shape.stream(dice, "text/event-stream", dice.events(events, true), tokens);
  }

  ObjectNode whole() {
    ObjectNode message = message();
    ArrayNode content = message.putArray("content");
    int blocks = dice.pick(0, 1, 1, 2, 3);
    for (int i = 0; i < blocks; i++) {
      content.add(block(String.join("", dice.chunks()), true));
    }
    message.put("stop_reason", dice.pick(REASONS)).putNull("stop_sequence");
    ObjectNode usage = begun();
    usage.put("output_tokens", output());
    if (dice.chance(20)) {
      usage.putObject("server_tool_use").put("web_search_requests", 1);
    }
    message.set("usage", usage);
    return message;
  }

  private ObjectNode message() {
    ObjectNode message = JsonNodes.object().put("id", "msg_1").put("type", "message");
    message.put("role", "assistant").put("model", model);
    if (dice.chance(8)) {
      message.remove("model");
    }
    return dice.extended(message);
  }

  private ObjectNode block(String text, boolean whole) {
    ObjectNode block = JsonNodes.object();
    switch (dice.below(6)) {
      case 0 -> {
        block.put("type", "tool_use").put("id", "toolu_1").put("name", "time");
        block.putObject("input");
      }
      case 1 ->
          block
              .put("type", "thinking")
              .put("thinking", whole ? "hm" : "")
              .put("signature", whole ? "c2ln" : "");
      case 2 -> block.put("type", "redacted_thinking").put("data", "ZGF0YQ==");
      default -> {
        block.put("type", "text").put("text", whole ? text : "");
        if (dice.chance(30)) {
          block.putNull("citations");
        }
      }
    }
    return block;
  }

  /** Makes the counts of a message's start. */
  private ObjectNode begun() {
    ObjectNode usage = JsonNodes.object();
    input = 1 + dice.below(2000);
    usage.put("input_tokens", input);
    if (dice.chance(50)) {
      read = dice.below(500);
      usage.put("cache_read_input_tokens", read);
    }
    if (dice.chance(50)) {
      written = dice.below(500);
      usage.put("cache_creation_input_tokens", written);
      if (dice.chance(50)) {
        int hour = dice.below(written + 1);
        usage
            .putObject("cache_creation")
            .put("ephemeral_1h_input_tokens", hour)
            .put("ephemeral_5m_input_tokens", written - hour);
      }
    }
    if (dice.chance(10)) {
      usage.putNull("server_tool_use");
    }
    tokens.input(input + read + written);
    return usage;
  }

  private int output() {
    int output = dice.below(800);
    tokens.output(output);
    return output;
  }

  List<ObjectNode> events() {
    List<ObjectNode> events = new ArrayList<>();
    ObjectNode message = message();
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    message.set("usage", begun().put("output_tokens", dice.pick(0, 1, 4)));
    tokens.output(message.path("usage").path("output_tokens").asInt());
    ObjectNode start = event("message_start");
    start.set("message", message);
    events.add(start);
    ping(events);
    int blocks = dice.pick(0, 1, 1, 2, 3);
    for (int i = 0; i < blocks; i++) {
      ObjectNode block = block("", false);
      ObjectNode begun = event("content_block_start").put("index", i);
      begun.set("content_block", block);
      events.add(begun);
      ping(events);
      for (String chunk : dice.chunks()) {
        ObjectNode delta = delta(block.path("type").asText(), chunk);
        if (delta != null) {
          ObjectNode event = event("content_block_delta").put("index", i);
          event.set("delta", delta);
          events.add(event);
        }
      }
      events.add(event("content_block_stop").put("index", i));
    }
    int beforeEnd = events.size();
    events.add(ending());
    events.add(event("message_stop"));
    return dice.sent(events, beforeEnd);
  }

  private static ObjectNode event(String type) {
    return JsonNodes.object().put("type", type);
  }

  private void ping(List<ObjectNode> events) {
    if (dice.chance(30)) {
      events.add(event("ping"));
    }
  }

  private static @Nullable ObjectNode delta(String type, String chunk) {
    return switch (type) {
      case "text" -> JsonNodes.object().put("type", "text_delta").put("text", chunk);
      case "thinking" -> JsonNodes.object().put("type", "thinking_delta").put("thinking", chunk);
      case "tool_use" -> JsonNodes.object().put("type", "input_json_delta").put("partial_json", "");
      default -> null;
    };
  }

  /** Counts at the end include those of the start and the input of the provider's own tools. */
  private ObjectNode ending() {
    ObjectNode ending = event("message_delta");
    ending.putObject("delta").put("stop_reason", dice.pick(REASONS)).putNull("stop_sequence");
    ObjectNode usage = ending.putObject("usage").put("output_tokens", output());
    if (dice.chance(40)) {
      input += dice.pick(0, 0, 8000);
      usage.put("input_tokens", input);
      tokens.input(input + read + written);
      if (dice.chance(50)) {
        usage.put("cache_read_input_tokens", read).put("cache_creation_input_tokens", written);
      }
    }
    return ending;
  }
}
