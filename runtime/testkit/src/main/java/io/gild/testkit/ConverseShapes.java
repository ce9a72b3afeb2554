package io.gild.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Conversations, as Bedrock answers. */
final class ConverseShapes {

  private static final String[] REASONS = {
    "end_turn",
    "end_turn",
    "max_tokens",
    "stop_sequence",
    "tool_use",
    "guardrail_intervened",
    "content_filtered",
    "model_context_window_exceeded",
    "a_reason_to_come"
  };

  private final Dice dice;
  private final TokenSum tokens = new TokenSum();

  ConverseShapes(Dice dice) {
    this.dice = dice;
  }

  Shape shape(boolean streamed) {
    return streamed
        ? Shape.stream(dice, "application/vnd.amazon.eventstream", events(), tokens)
        : Shape.whole(dice, whole(), tokens);
  }

  private ObjectNode whole() {
    ObjectNode json = dice.extended(JsonNodes.object());
    ObjectNode message = json.putObject("output").putObject("message").put("role", "assistant");
    ArrayNode content = message.putArray("content");
    int blocks = dice.pick(0, 1, 1, 2);
    for (int i = 0; i < blocks; i++) {
      switch (dice.below(6)) {
        case 0 ->
            content
                .addObject()
                .putObject("toolUse")
                .put("toolUseId", "t1")
                .put("name", "time")
                .putObject("input");
        case 1 ->
            content
                .addObject()
                .putObject("reasoningContent")
                .putObject("reasoningText")
                .put("text", "hm");
        case 2 -> content.addObject().putObject("contentToCome").put("text", "hm");
        default -> content.addObject().put("text", String.join("", dice.chunks()));
      }
    }
    json.put("stopReason", dice.pick(REASONS));
    if (dice.chance(10)) {
      json.putObject("additionalModelResponseFields").put("stop_sequence", "\n");
    }
    count(json);
    if (dice.chance(80)) {
      json.putObject("metrics").put("latencyMs", 12);
    }
    return json;
  }

  private void count(ObjectNode json) {
    int kind = dice.below(20);
    if (kind == 0) {
      json.putObject("usage");
    } else if (kind == 1) {
      json.putNull("usage");
    } else if (kind > 3) {
      json.set("usage", usage());
    }
  }

  private ObjectNode usage() {
    int input = 1 + dice.below(900);
    int output = dice.below(400);
    ObjectNode usage = JsonNodes.object().put("inputTokens", input).put("outputTokens", output);
    if (dice.chance(90)) {
      usage.put("totalTokens", input + output);
    }
    int cached = 0;
    if (dice.chance(30)) {
      cached = dice.below(100);
      usage.put("cacheReadInputTokens", cached);
    }
    if (dice.chance(20)) {
      int written = dice.below(100);
      usage.put("cacheWriteInputTokens", written);
      cached += written;
    }
    tokens.input(input + cached).output(output);
    return usage;
  }

  private String events() {
    List<String> body = new ArrayList<>();
    event(body, "messageStart", JsonNodes.object().put("role", "assistant"));
    int blocks = dice.pick(0, 1, 1, 2);
    for (int i = 0; i < blocks; i++) {
      int kind = dice.below(5);
      if (kind == 0) {
        ObjectNode start = JsonNodes.object().put("contentBlockIndex", i);
        start.putObject("start").putObject("toolUse").put("toolUseId", "t1").put("name", "time");
        event(body, "contentBlockStart", start);
      }
      for (String chunk : dice.chunks()) {
        ObjectNode event = JsonNodes.object().put("contentBlockIndex", i);
        ObjectNode delta = event.putObject("delta");
        switch (kind) {
          case 0 -> delta.putObject("toolUse").put("input", "{}");
          case 1 -> delta.putObject("reasoningContent").put("text", chunk);
          default -> delta.put("text", chunk);
        }
        event(body, "contentBlockDelta", event);
      }
      event(body, "contentBlockStop", JsonNodes.object().put("contentBlockIndex", i));
    }
    if (dice.chance(8)) {
      event(body, "eventToCome", JsonNodes.object().put("p", "abc"));
    }
    int beforeEnd = body.size();
    event(body, "messageStop", JsonNodes.object().put("stopReason", dice.pick(REASONS)));
    if (dice.chance(90)) {
      ObjectNode metadata = dice.extended(JsonNodes.object());
      count(metadata);
      if (dice.chance(80)) {
        metadata.putObject("metrics").put("latencyMs", 12);
      }
      event(body, "metadata", metadata);
    }
    return String.join("", dice.sent(body, beforeEnd));
  }

  private void event(List<String> body, String type, ObjectNode json) {
    body.add(EventStream.event(type, dice.json(json)));
  }
}
