package io.gild.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The keys of the schema of settings, as the page on settings lists them. */
final class SchemaKeys {

  private static final String POLICIES = "#/$defs/policies";
  private static final String NO_VALUE = "–";

  /** Parts of other keys, not separate sections. */
  private static final Set<String> PARTS = Set.of("policies", "agent", "duration");

  private final List<Key> keys = new ArrayList<>();
  private final JsonNode definitions;

  private SchemaKeys(JsonNode definitions) {
    this.definitions = definitions;
  }

  /**
   * A key.
   *
   * @param section the key that contains it; empty at the top
   * @param name its name, prefixed with the names of the keys in between
   * @param value its default, as a page shows it
   */
  record Key(String section, String name, String value) {

    String row() {
      String holder = section.isEmpty() ? NO_VALUE : "`" + section + "`";
      return "| %s | `%s` | %s |".formatted(holder, name, value);
    }
  }

  /** Returns all keys; throws if the schema contains a part that no rule here reads. */
  static List<Key> of(String schema) throws IOException {
    JsonNode root = new ObjectMapper().readTree(schema);
    SchemaKeys keys = new SchemaKeys(root.path("$defs"));
    root.path("$defs").properties().stream()
        .filter(section -> !PARTS.contains(section.getKey()))
        .forEach(section -> keys.section(section.getKey(), section.getValue()));
    root.path("properties").properties().forEach(key -> keys.top(key.getKey(), key.getValue()));
    return keys.keys;
  }

  private void top(String name, JsonNode key) {
    if (name.equals("gates")) {
      gates(key.path("properties"));
    } else if (key.path("type").asText().equals("array")) {
      section(name, resolved(key.path("items")));
    } else if (key.path("additionalProperties").isObject()) {
      section(name, key.path("additionalProperties"));
    } else if (key.has("properties")) {
      section(name, key);
    } else if (!key.path("$ref").asText().equals(POLICIES)) {
      keys.add(new Key("", name, value(leaf(name, key), NO_VALUE)));
    }
  }

  private void section(String name, JsonNode section) {
    if (section.path("properties").isEmpty()) {
      throw new IllegalStateException("Section " + name + " has no keys: " + section);
    }
    for (Map.Entry<String, JsonNode> key : section.path("properties").properties()) {
      boolean policy =
          section.equals(definitions.path("agent"))
              && definitions.has(key.getKey())
              && !PARTS.contains(key.getKey());
      if (!policy && !group(key.getValue()).isEmpty()) {
        group(name, key.getKey(), group(key.getValue()));
      } else if (!policy) {
        JsonNode leaf = leaf(name + "." + key.getKey(), key.getValue());
        keys.add(new Key(name, key.getKey(), value(leaf, NO_VALUE)));
      }
    }
  }

  private void group(String section, String name, JsonNode group) {
    for (Map.Entry<String, JsonNode> key : group.properties()) {
      String whole = name + "." + key.getKey();
      JsonNode inner = group(key.getValue());
      if (inner.isEmpty()) {
        keys.add(new Key(section, whole, value(leaf(whole, key.getValue()), NO_VALUE)));
      } else {
        group(section, whole, inner);
      }
    }
  }

  /** Returns the keys within a key, which may be switched off as a whole; empty if it has none. */
  private static JsonNode group(JsonNode key) {
    return key.has("properties")
        ? key.path("properties")
        : key.path("oneOf").path(0).path("properties");
  }

  /** The three gates have the same keys, each with its own default. */
  private void gates(JsonNode gates) {
    List<JsonNode> stages = new ArrayList<>();
    for (Map.Entry<String, JsonNode> key : gates.properties()) {
      JsonNode stage = key.getValue().path("oneOf").path(0);
      if (stage.has("properties")) {
        stages.add(stage);
      } else {
        keys.add(
            new Key("gates", key.getKey(), value(leaf(key.getKey(), key.getValue()), NO_VALUE)));
      }
    }
    for (String name : names(stages)) {
      gateKey(name, stages.stream().map(stage -> stage.path("properties").path(name)).toList());
    }
  }

  private void gateKey(String name, List<JsonNode> inStages) {
    List<JsonNode> limits = inStages.stream().map(key -> key.path("oneOf").path(0)).toList();
    Set<String> inner = names(limits);
    if (inner.isEmpty()) {
      keys.add(
          new Key(
              "gates",
              name,
              joined(inStages.stream().map(key -> value(leaf(name, key), NO_VALUE)).toList())));
    }
    for (String part : inner) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < limits.size(); i++) {
        JsonNode leaf = leaf(part, limits.get(i).path("properties").path(part));
        values.add(value(leaf, value(inStages.get(i), NO_VALUE)));
      }
      keys.add(new Key("gates", name + "." + part, joined(values)));
    }
  }

  private static Set<String> names(List<JsonNode> objects) {
    return objects.stream()
        .flatMap(object -> object.path("properties").properties().stream())
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String joined(List<String> values) {
    return values.stream().distinct().count() == 1 ? values.get(0) : String.join(", ", values);
  }

  private JsonNode resolved(JsonNode node) {
    String name = node.path("$ref").asText();
    return name.isEmpty() ? node : definitions.path(name.substring(name.lastIndexOf('/') + 1));
  }

  private static JsonNode leaf(String name, JsonNode key) {
    if (key.isMissingNode() || key.has("properties") || key.has("oneOf")) {
      throw new IllegalStateException("Key " + name + " holds others: " + key);
    }
    return key;
  }

  private static String value(JsonNode key, String otherwise) {
    JsonNode value = key.path("default");
    if (value.isArray() && !value.isEmpty()) {
      return "a list";
    }
    return value.asText("").isEmpty() ? otherwise : "`" + value.asText() + "`";
  }
}
