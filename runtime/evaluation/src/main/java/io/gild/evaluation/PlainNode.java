package io.gild.evaluation;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import io.gild.config.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows plain values to the validator of JSON Schema. */
final class PlainNode implements JsonNode {

  private final @Nullable Object value;
  private final String pointer;

  private PlainNode(@Nullable Object value, String pointer) {
    this.value = value;
    this.pointer = pointer;
  }

  static PlainNode of(@Nullable Object value) {
    return new PlainNode(value, "");
  }

  @Override
  public String getJsonPointer() {
    return pointer;
  }

  @Override
  public SimpleType getNodeType() {
    if (value == null) {
      return SimpleType.NULL;
    }
    if (value instanceof Boolean) {
      return SimpleType.BOOLEAN;
    }
    if (value instanceof Number number) {
      if (Numbers.exact(number) == null) {
        return SimpleType.STRING; // JSON has no NaN
      }
      // 1.0 is an integer to JSON Schema.
      return asNumber().stripTrailingZeros().scale() <= 0 ? SimpleType.INTEGER : SimpleType.NUMBER;
    }
    if (value instanceof List) {
      return SimpleType.ARRAY;
    }
    return value instanceof Map ? SimpleType.OBJECT : SimpleType.STRING;
  }

  @Override
  public boolean asBoolean() {
    return Boolean.TRUE.equals(value);
  }

  @Override
  public String asString() {
    return String.valueOf(value);
  }

  @Override
  public BigInteger asInteger() {
    return asNumber().toBigInteger();
  }

  @Override
  public BigDecimal asNumber() {
    BigDecimal exact = value instanceof Number number ? Numbers.exact(number) : null;
    if (exact == null) {
      throw new IllegalStateException(value + " is not a number");
    }
    return exact;
  }

  @Override
  public List<JsonNode> asArray() {
    List<JsonNode> items = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object item : list) {
        items.add(new PlainNode(item, pointer + "/" + items.size()));
      }
    }
    return items;
  }

  @Override
  public Map<String, JsonNode> asObject() {
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> {
        String name = String.valueOf(key);
        entries.put(name, new PlainNode(item, pointer + "/" + JsonNode.encodeJsonPointer(name)));
      });
    }
    return entries;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PlainNode node
        && new JsonDifference(false, false, BigDecimal.ZERO).between(value, node.value).isEmpty();
  }

  @Override
  public int hashCode() {
    return getNodeType().hashCode();
  }

  /** Makes nodes of plain values and of JSON. */
  static final class Factory implements JsonNodeFactory {

    @Override
    public JsonNode wrap(Object node) {
      return node instanceof JsonNode known ? known : of(node);
    }

    @Override
    public JsonNode create(String json) {
      return of(Json.read(json));
    }
  }
}
