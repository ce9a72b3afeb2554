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
    "content_filtered"
  };

  private final Dice dice;
  private final TokenSum tokens = new TokenSum();

  ConverseShapes(Dice dice) {
    this.dice = dice;
  }

  Shape shape(boolean streamed) {
    return streamed
        ? Shape.stream(dice, "application/vnd.amazon.eventstream", events(), tokens)
        : Shape.whole(dice, Json.write(whole()), tokens);
  }

  private ObjectNode whole() {
    ObjectNode json = dice.extended(Json.object());
    ObjectNode message = json.putObject("output").putObject("message").put("role", "assistant");
    ArrayNode content = message.putArray("content");
    int blocks = dice.pick(0, 1, 1, 2);
    for (int i = 0; i < blocks; i++) {
      switch (dice.below(5)) {
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
        default -> content.addObject().put("text", String.join("", dice.pieces()));
      }
    }
    json.put("stopReason", dice.pick(REASONS));
    if (dice.chance(90)) {
      json.set("usage", usage());
    }
    if (dice.chance(80)) {
      json.putObject("metrics").put("latencyMs", 12);
    }
    return json;
  }

  private ObjectNode usage() {
    int input = 1 + dice.below(900);
    int output = dice.below(400);
    ObjectNode usage = Json.object().put("inputTokens", input).put("outputTokens", output);
    if (dice.chance(90)) {
      usage.put("totalTokens", input + output);
    }
    int cached = 0;
    if (dice.chance(30)) {
      cached = dice.below(100);
      usage.put("cacheReadInputTokens", cached);
    }
    tokens.input(input + cached).output(output);
    return usage;
  }

  private String events() {
    List<String> body = new ArrayList<>();
    event(body, "messageStart", Json.object().put("role", "assistant"));
    int blocks = dice.pick(0, 1, 1, 2);
    for (int i = 0; i < blocks; i++) {
      int kind = dice.below(5);
      if (kind == 0) {
        ObjectNode start = Json.object().put("contentBlockIndex", i);
        start.putObject("start").putObject("toolUse").put("toolUseId", "t1").put("name", "time");
        event(body, "contentBlockStart", start);
      }
      for (String piece : dice.pieces()) {
        ObjectNode event = Json.object().put("contentBlockIndex", i);
        ObjectNode delta = event.putObject("delta");
        switch (kind) {
          case 0 -> delta.putObject("toolUse").put("input", "{}");
          case 1 -> delta.putObject("reasoningContent").put("text", piece);
          default -> delta.put("text", piece);
        }
        event(body, "contentBlockDelta", event);
      }
      event(body, "contentBlockStop", Json.object().put("contentBlockIndex", i));
    }
    int said = body.size();
    event(body, "messageStop", Json.object().put("stopReason", dice.pick(REASONS)));
    if (dice.chance(90)) {
      ObjectNode metadata = Json.object();
      metadata.set("usage", usage());
      if (dice.chance(80)) {
        metadata.putObject("metrics").put("latencyMs", 12);
      }
      event(body, "metadata", metadata);
    }
    return String.join("", dice.sent(body, said));
  }

  private static void event(List<String> body, String type, ObjectNode json) {
    body.add(EventStream.event(type, Json.write(json)));
  }
}
