package io.gild.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Chats, as Ollama answers: lines of JSON. */
final class OllamaShapes {

  private final Dice dice;
  private final String model;
  private final TokenSum tokens = new TokenSum();

  OllamaShapes(Dice dice, String model) {
    this.dice = dice;
    this.model = model;
  }

  Shape shape(boolean streamed) {
    List<String> chunks = dice.chunks();
    if (!streamed) {
      ObjectNode whole = chunk(String.join("", chunks));
      tools(whole);
      return Shape.whole(dice, end(whole), tokens);
    }
    String lineEnd = dice.pick("\n", "\n", "\r\n");
    List<String> lines = new ArrayList<>();
    for (String text : chunks) {
      lines.add(dice.json(chunk(text).put("done", false)) + lineEnd);
    }
    ObjectNode called = chunk("");
    if (tools(called)) {
      lines.add(dice.json(called.put("done", false)) + lineEnd);
    }
    int beforeEnd = lines.size();
    lines.add(dice.json(end(chunk(""))) + lineEnd);
    String body = String.join("", dice.sent(lines, beforeEnd));
    return Shape.stream(dice, "application/x-ndjson", body, tokens);
  }

  private ObjectNode chunk(String text) {
    ObjectNode json =
        JsonNodes.object().put("model", model).put("created_at", "2025-01-01T00:00:00Z");
    ObjectNode message = json.putObject("message").put("role", "assistant").put("content", text);
    if (dice.chance(15)) {
      message.put("thinking", "hm");
    }
    return json;
  }

  private boolean tools(ObjectNode json) {
    if (!dice.chance(15)) {
      return false;
    }
    json.withObject("/message")
        .withArray("tool_calls")
        .addObject()
        .putObject("function")
        .put("name", "time")
        .putObject("arguments");
    return true;
  }

  private ObjectNode end(ObjectNode json) {
    json.put("done", true);
    if (dice.chance(80)) {
      json.put("done_reason", dice.pick("stop", "stop", "length"));
    }
    if (dice.chance(85)) {
      int input = 1 + dice.below(900);
      json.put("prompt_eval_count", input);
      tokens.input(input);
    }
    if (dice.chance(95)) {
      int output = dice.below(400);
      json.put("eval_count", output);
      tokens.output(output);
    }
    if (dice.chance(60)) {
      json.put("total_duration", 1000).put("load_duration", 10).put("eval_duration", 900);
    }
    return json;
  }
}
