package io.gild.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Contents, as Gemini answers. */
final class GeminiShapes {

  private static final String[] REASONS = {
    "STOP",
    "STOP",
    "STOP",
    "MAX_TOKENS",
    "SAFETY",
    "RECITATION",
    "OTHER",
    "BLOCKLIST",
    "MALFORMED_FUNCTION_CALL"
  };

  private final Dice dice;
  private final String model;
  private final TokenSum tokens = new TokenSum();
  private final int prompt;

  /** The text so far: each chunk with counts contains the totals. */
  private int written;

  GeminiShapes(Dice dice, String model) {
    this.dice = dice;
    this.model = model;
    this.prompt = 1 + dice.below(900);
  }

  Shape shape(boolean streamed) {
    if (!streamed) {
      ObjectNode whole = dice.chance(8) ? blocked() : chunk(String.join("", dice.chunks()), true);
      count(whole, 80);
      return Shape.whole(dice, whole, tokens);
    }
    List<String[]> events = new ArrayList<>();
    int before = 0;
    if (dice.chance(8)) {
      ObjectNode only = blocked();
      count(only, 50);
      events.add(new String[] {"", dice.json(only)});
    } else {
      int often = dice.pick(0, 30, 100);
      for (String text : dice.chunks()) {
        ObjectNode chunk = chunk(text, false);
        count(chunk, text.isEmpty() ? 0 : often);
        events.add(new String[] {"", dice.json(chunk)});
      }
      before = events.size();
      ObjectNode last = chunk(dice.pick("", "end"), true);
      count(last, 80);
      events.add(new String[] {"", dice.json(last)});
    }
    return Shape.stream(
        dice, "text/event-stream", dice.events(dice.sent(events, before), false), tokens);
  }

  private ObjectNode envelope() {
    ObjectNode json = dice.extended(JsonNodes.object());
    if (dice.chance(85)) {
      json.put("modelVersion", model);
    }
    if (dice.chance(50)) {
      json.put("responseId", "response-1");
    }
    return json;
  }

  private ObjectNode blocked() {
    ObjectNode json = envelope();
    json.putObject("promptFeedback").put("blockReason", dice.pick("SAFETY", "OTHER", "BLOCKLIST"));
    return json;
  }

  private ObjectNode chunk(String text, boolean last) {
    ObjectNode json = envelope();
    ObjectNode candidate = json.putArray("candidates").addObject();
    if (dice.chance(70)) {
      candidate.put("index", 0);
    }
    if (last) {
      candidate.put("finishReason", dice.pick(REASONS));
    }
    if (last && dice.chance(10)) {
      return json;
    }
    ObjectNode content = candidate.putObject("content").put("role", "model");
    if (last && dice.chance(10)) {
      return json;
    }
    ArrayNode parts = content.putArray("parts");
    if (dice.chance(10)) {
      parts.addObject().put("text", "hm").put("thought", true);
    }
    if (last && dice.chance(15)) {
      parts.addObject().putObject("functionCall").put("name", "time").putObject("args");
    } else {
      parts.addObject().put("text", text);
    }
    return json;
  }

  private void count(ObjectNode json, int percent) {
    if (!dice.chance(percent)) {
      return;
    }
    ObjectNode usage = json.putObject("usageMetadata");
    if (dice.chance(5)) {
      return;
    }
    usage.put("promptTokenCount", prompt);
    int input = prompt;
    if (dice.chance(10)) {
      usage.put("toolUsePromptTokenCount", 11);
      input += 11;
    }
    tokens.input(input);
    written += dice.below(300);
    if (dice.chance(80)) {
      usage.put("candidatesTokenCount", written);
      int thoughts = 0;
      if (dice.chance(30)) {
        thoughts = dice.below(90);
        usage.put("thoughtsTokenCount", thoughts);
      }
      tokens.output(written + thoughts);
      usage.put("totalTokenCount", input + written + thoughts);
    }
  }
}
