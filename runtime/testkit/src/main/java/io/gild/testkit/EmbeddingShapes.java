package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Embeddings, as OpenAI, Ollama, Gemini and Amazon's Titan answer. */
final class EmbeddingShapes {

  private final Dice dice;
  private final String model;
  private final TokenSum tokens = new TokenSum();
  private final int dimensions;

  EmbeddingShapes(Dice dice, String model) {
    this.dice = dice;
    this.model = model;
    this.dimensions = dice.pick(1, 3, 8);
  }

  Shape openAi(JsonNode request) {
    ObjectNode json = dice.extended(JsonNodes.object());
    if (dice.chance(90)) {
      json.put("object", "list");
    }
    boolean base64 = request.path("encoding_format").asText().equals("base64");
    json.putArray("data").addAll(openAiData(count(request.path("input")), base64));
    switch (dice.below(8)) {
      case 0 -> json.put("model", "");
      case 1 -> json.remove("model");
      default -> json.put("model", model);
    }
    openAiUsage(json);
    return Shape.whole(dice, json, tokens);
  }

  private List<ObjectNode> openAiData(int count, boolean base64) {
    List<ObjectNode> data = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ObjectNode item =
          dice.extended(JsonNodes.object().put("object", "embedding").put("index", i));
      float[] vector = vector();
      if (base64) {
        item.put("embedding", Embeddings.base64(vector));
      } else {
        item.set("embedding", Embeddings.array(vector));
      }
      data.add(item);
    }
    if (dice.chance(15)) {
      Collections.reverse(data);
    }
    return data;
  }

  private void openAiUsage(ObjectNode json) {
    int kind = dice.below(20);
    if (kind == 0) {
      json.putObject("usage");
    } else if (kind == 1) {
      json.putNull("usage");
    } else if (kind > 3) {
      int input = 1 + dice.below(900);
      tokens.input(input);
      ObjectNode usage = json.putObject("usage").put("prompt_tokens", input);
      if (dice.chance(90)) {
        usage.put("total_tokens", input);
      }
    }
  }

  Shape ollama(JsonNode request) {
    ObjectNode json = JsonNodes.object();
    if (dice.chance(90)) {
      json.put("model", model);
    }
    vectors(json.putArray("embeddings"), count(request.path("input")));
    if (dice.chance(60)) {
      json.put("total_duration", 1000).put("load_duration", 10);
    }
    if (dice.chance(80)) {
      json.put("prompt_eval_count", input());
    }
    return Shape.whole(dice, json, tokens);
  }

  /** Google counts no tokens of embeddings. */
  Shape gemini(JsonNode request) {
    ObjectNode json = dice.extended(JsonNodes.object());
    if (request.has("requests")) {
      ArrayNode all = json.putArray("embeddings");
      request.path("requests").forEach(one -> all.addObject().set("values", array()));
    } else {
      json.putObject("embedding").set("values", array());
    }
    return Shape.whole(dice, json, tokens);
  }

  Shape titan() {
    ObjectNode json = dice.extended(JsonNodes.object());
    json.set("embedding", array());
    if (dice.chance(50)) {
      json.putObject("embeddingsByType").set("float", array());
    }
    if (dice.chance(85)) {
      json.put("inputTextTokenCount", input());
    }
    return Shape.whole(dice, json, tokens);
  }

  private int input() {
    int input = 1 + dice.below(900);
    tokens.input(input);
    return input;
  }

  private static int count(JsonNode input) {
    return input.isArray() ? input.size() : 1;
  }

  private void vectors(ArrayNode all, int count) {
    for (int i = 0; i < count; i++) {
      all.add(array());
    }
  }

  private ArrayNode array() {
    return Embeddings.array(vector());
  }

  private float[] vector() {
    float[] vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      vector[i] = dice.pick(0f, 1f, -1f, 0.5f, -0.25f, 1e-9f, 0.12345678f);
    }
    return vector;
  }
}
