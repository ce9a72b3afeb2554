package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws the form of an answer; the same seed gives the same form. */
final class Dice {

  private static final String[] WORDS = {
    "Hello",
    " world",
    ",",
    " naïve",
    " café",
    " 東京",
    " 🙂",
    " 👩‍👩‍👧",
    "\n",
    "\r\n",
    "\t",
    "\"quoted\"",
    " [DONE]",
    " \"finish_reason\": \"stop\"",
    " data: {}",
    "\\",
    " {",
    "}",
    " ",
    "é",
    "\u2028",
    "0",
    " : comment",
    " event: message_stop",
    "</s>",
  };

  private final SplittableRandom random;
  private final StreamEnding ending;

  Dice(long seed, StreamEnding ending) {
    this.random = new SplittableRandom(seed);
    this.ending = ending;
  }

  /**
   * Removes the events of a stream that must not be sent.
   *
   * @param events the events
   * @param beforeEnd how many of them come before the events that mark the end
   */
  <T> List<T> sent(List<T> events, int beforeEnd) {
    return switch (ending) {
      case PROPER -> events;
      case WITHOUT_LAST_EVENT -> events.subList(0, beforeEnd);
      case EMPTY -> List.of();
    };
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Returns whether an event with this probability in per cent happens. */
  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  @SafeVarargs
  final <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Splits a text into chunks at random; there may be no chunk, or empty ones. */
  List<String> chunks() {
    List<String> chunks = new ArrayList<>();
    int count = pick(0, 1, 1, 2, 3, 5, 12);
    for (int i = 0; i < count; i++) {
      chunks.add(chance(10) ? "" : pick(WORDS));
    }
    return chunks;
  }

  /** Adds fields that no client needs to know. */
  ObjectNode extended(ObjectNode object) {
    if (chance(15)) {
      object.put("x_" + below(3), "unknown");
    }
    if (chance(10)) {
      object.putNull("service_tier");
    }
    return object;
  }

  /** Writes an object, whose fields may come in any order. */
  String json(ObjectNode object) {
    return JsonNodes.write(chance(30) ? shuffled(object) : object);
  }

  private JsonNode shuffled(JsonNode node) {
    if (node.isArray()) {
      ArrayNode array = JsonNodes.array();
      node.forEach(each -> array.add(shuffled(each)));
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
    for (int i = fields.size(); i > 1; i--) {
      Collections.swap(fields, i - 1, below(i));
    }
    ObjectNode object = JsonNodes.object();
    fields.forEach(field -> object.set(field.getKey(), shuffled(field.getValue())));
    return object;
  }

  /**
   * Writes server-sent events in one of the ways that the standard allows.
   *
   * @param events each a name and its data
   * @param named whether the protocol names its events
   */
  String events(List<String[]> events, boolean named) {
    String end = pick("\n", "\n", "\r\n");
    String data = pick("data: ", "data: ", "data:");
    boolean commented = chance(30);
    StringBuilder body = new StringBuilder();
    for (String[] event : events) {
      if (commented && chance(30)) {
        body.append(pick(": ping", ":", ": keep-alive")).append(end).append(end);
      }
      if (named) {
        body.append("event: ").append(event[0]).append(end);
      }
      body.append(data).append(event[1]).append(end).append(end);
      if (chance(3)) {
        body.append(end);
      }
    }
    return body.toString();
  }
}
