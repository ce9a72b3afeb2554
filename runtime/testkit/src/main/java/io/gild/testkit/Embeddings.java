package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Embeddings by feature hashing: every word adds or subtracts one at an index that its hash
 * selects, and the sum is scaled to length 1. The same text always has the same vector, and texts
 * that share words are near; there is no other guarantee.
 */
final class Embeddings {

  static final int DEFAULT_DIMENSIONS = 256;

  private Embeddings() {}

  static float[] embed(String text, int dimensions) {
    float[] vector = new float[dimensions];
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      long hash = Seeded.mix(word.hashCode());
      vector[(int) Math.floorMod(hash, (long) dimensions)] += (hash >>> 62 & 1) == 0 ? 1 : -1;
    }
    return normalised(vector);
  }

  /** Reads the texts of a request, which is one text or a list of them. */
  static List<String> inputs(JsonNode input) {
    if (input.isTextual()) {
      return List.of(input.asText());
    }
    List<String> texts = new ArrayList<>();
    input.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  static String openAi(JsonNode body, List<String> texts, int tokens) {
    int dimensions = body.path("dimensions").asInt(DEFAULT_DIMENSIONS);
    boolean base64 = body.path("encoding_format").asText().equals("base64");
    ObjectNode json = JsonNodes.object().put("object", "list");
    ArrayNode data = json.putArray("data");
    for (String text : texts) {
      float[] vector = embed(text, dimensions);
      ObjectNode item = data.addObject().put("object", "embedding").put("index", data.size() - 1);
      if (base64) {
        item.put("embedding", base64(vector));
      } else {
        item.set("embedding", array(vector));
      }
    }
    json.put("model", body.path("model").asText());
    json.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return JsonNodes.write(json);
  }

  static String ollamaOld(List<String> texts) {
    ObjectNode json = JsonNodes.object();
    json.set("embedding", array(embed(String.join(" ", texts), DEFAULT_DIMENSIONS)));
    return JsonNodes.write(json);
  }

  static String ollama(JsonNode body, List<String> texts, int tokens) {
    ObjectNode json = JsonNodes.object().put("model", body.path("model").asText());
    ArrayNode vectors = json.putArray("embeddings");
    texts.forEach(text -> vectors.add(array(embed(text, DEFAULT_DIMENSIONS))));
    return JsonNodes.write(json.put("prompt_eval_count", tokens));
  }

  static String gemini(List<String> texts, boolean batch) {
    ObjectNode json = JsonNodes.object();
    ArrayNode vectors = JsonNodes.array();
    texts.forEach(
        text -> vectors.addObject().set("values", array(embed(text, DEFAULT_DIMENSIONS))));
    json.set(batch ? "embeddings" : "embedding", batch ? vectors : vectors.path(0));
    return JsonNodes.write(json);
  }

  /** Writes the answer of a model on Bedrock: Cohere's if there are texts, else Titan's. */
  static String bedrock(JsonNode body, List<String> texts, int tokens) {
    ObjectNode json = JsonNodes.object();
    if (!body.has("texts")) {
      json.set("embedding", array(embed(String.join(" ", texts), DEFAULT_DIMENSIONS)));
      return JsonNodes.write(json.put("inputTextTokenCount", tokens));
    }
    ArrayNode vectors = json.put("response_type", "embeddings_floats").putArray("embeddings");
    texts.forEach(text -> vectors.add(array(embed(text, DEFAULT_DIMENSIONS))));
    return JsonNodes.write(json);
  }

  private static float[] normalised(float[] vector) {
    double length = 0;
    for (float value : vector) {
      length += value * value;
    }
    if (length == 0) {
      vector[0] = 1;
      return vector;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(length);
    }
    return vector;
  }

  static ArrayNode array(float[] vector) {
    ArrayNode array = JsonNodes.array();
    for (float value : vector) {
      array.add(value);
    }
    return array;
  }

  static String base64(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : vector) {
      bytes.putFloat(value);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
