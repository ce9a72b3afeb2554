package io.gild.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** OpenAI's Responses. */
final class ResponsesShapes {

  private final Dice dice;
  private final String model;
  private final TokenSum tokens = new TokenSum();
  private final String status;

  ResponsesShapes(Dice dice, String model) {
    this.dice = dice;
    this.model = model;
    this.status = dice.pick("completed", "completed", "completed", "incomplete", "failed");
  }

  Shape shape(boolean streamed) {
    List<String> chunks = dice.chunks();
    if (!streamed) {
      return Shape.whole(dice, whole(String.join("", chunks)), tokens);
    }
    List<String[]> events = new ArrayList<>();
    ObjectNode created = event("response.created", 0);
    created.set("response", begun());
    add(events, created);
    if (dice.chance(50)) {
      ObjectNode progress = event("response.in_progress", 1);
      progress.set("response", begun());
      add(events, progress);
    }
    int number = 2;
    for (String chunk : chunks) {
      ObjectNode delta = event("response.output_text.delta", number++);
      delta.put("item_id", "msg_1").put("output_index", 0).put("content_index", 0);
      delta.put("delta", chunk).putArray("logprobs");
      add(events, delta);
    }
    int beforeEnd = events.size();
    ObjectNode last = event("response." + status, number);
    last.set("response", whole(String.join("", chunks)));
    add(events, last);
    return Shape.stream(
        dice, "text/event-stream", dice.events(dice.sent(events, beforeEnd), true), tokens);
  }

  private void add(List<String[]> events, ObjectNode event) {
    events.add(new String[] {event.path("type").asText(), dice.json(event)});
  }

  private static ObjectNode event(String type, int number) {
    return JsonNodes.object().put("type", type).put("sequence_number", number);
  }

  private ObjectNode begun() {
    ObjectNode json = JsonNodes.object().put("id", "resp_1").put("object", "response");
    json.put("created_at", 1_700_000_000).put("status", "in_progress").put("model", model);
    json.putArray("output");
    json.putNull("usage");
    return json;
  }

  private ObjectNode whole(String text) {
    ObjectNode json = dice.extended(begun()).put("status", status);
    if (dice.chance(8)) {
      json.remove("model");
    }
    ArrayNode output = json.putArray("output");
    if (dice.chance(20)) {
      output.addObject().put("type", "reasoning").put("id", "rs_1").putArray("summary");
    }
    switch (dice.below(6)) {
      case 0 ->
          output
              .addObject()
              .put("type", "function_call")
              .put("id", "fc_1")
              .put("call_id", "call_1")
              .put("name", "time")
              .put("arguments", "{}")
              .put("status", "completed");
      case 1 -> {
        // There is no text.
      }
      case 2 -> message(output).addObject().put("type", "refusal").put("refusal", "No.");
      default ->
          message(output)
              .addObject()
              .put("type", "output_text")
              .put("text", text)
              .putArray("annotations");
    }
    if (status.equals("incomplete")) {
      json.putObject("incomplete_details")
          .put("reason", dice.pick("max_output_tokens", "content_filter"));
    }
    if (status.equals("failed")) {
      json.putObject("error").put("code", "server_error").put("message", "sorry");
    }
    if (dice.chance(80)) {
      json.set("usage", usage());
    }
    return json;
  }

  private static ArrayNode message(ArrayNode output) {
    return output
        .addObject()
        .put("type", "message")
        .put("id", "msg_1")
        .put("role", "assistant")
        .put("status", "completed")
        .putArray("content");
  }

  private ObjectNode usage() {
    ObjectNode usage = JsonNodes.object();
    if (dice.chance(5)) {
      return usage;
    }
    int input = 1 + dice.below(900);
    int output = dice.below(400);
    tokens.input(input).output(output);
    usage.put("input_tokens", input).put("output_tokens", output);
    usage.put("total_tokens", input + output);
    if (dice.chance(60)) {
      usage.putObject("input_tokens_details").put("cached_tokens", dice.below(input));
      usage.putObject("output_tokens_details").put("reasoning_tokens", dice.below(output + 1));
    }
    return usage;
  }
}
