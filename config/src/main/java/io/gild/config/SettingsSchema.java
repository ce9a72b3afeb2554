package io.gild.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes {@code gild.yaml} to editors, in JSON Schema 2020-12, made from the records. */
@Experimental
public final class SettingsSchema {

  private SettingsSchema() {}

  /**
   * Returns the schema.
   *
   * @return JSON; shipped as {@code io/gild/config/gild.schema.json}
   */
  public static String json() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "gild.yaml");
    schema.put("description", "Settings of Gild: policies, agents, models, budgets, telemetry.");
    schema.putAll(sections());
    schema.put("$defs", definitions());
    return Json.pretty(schema);
  }

  private static Map<String, Object> sections() {
    Map<String, Object> properties = new LinkedHashMap<>();
    PolicyTree defaults = Sections.defaults();
    Sections.byKey()
        .forEach((key, sections) -> properties.put(key, section(key, sections, defaults)));
    return object(properties);
  }

  private static Map<String, Object> section(
      String key, List<Section<?>> sections, PolicyTree defaults) {
    if (sections.size() == 1) {
      return property(sections.get(0).type(), key, defaults, false, sections.get(0));
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    for (Section<?> section : sections) {
      parts.putAll(properties((Class<?>) section.type(), defaults.child(key), section));
    }
    return object(parts);
  }

  private static Map<String, Object> definitions() {
    Map<String, Object> definitions = new LinkedHashMap<>();
    Map<String, Object> policies = new LinkedHashMap<>();
    for (PolicyType<?> type : PolicyTypes.all()) {
      definitions.put(type.key(), record(type.record(), type.defaults(), null));
      policies.put(type.key(), orSwitch(ref(type.key())));
    }
    definitions.put("policies", object(policies));
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("match", Map.of("type", "string"));
    rule.put("agent", Map.of("type", "string"));
    rule.put("name", Map.of("type", "string"));
    rule.putAll(policies);
    Map<String, Object> agent = object(rule);
    agent.put("oneOf", List.of(required("match"), required("agent")));
    definitions.put("agent", agent);
    Map<String, Object> duration = new LinkedHashMap<>();
    duration.put("type", "string");
    duration.put("pattern", "^([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h|d)|P.+)$");
    definitions.put("duration", duration);
    return definitions;
  }

  private static Map<String, Object> record(
      Class<?> type, PolicyTree defaults, @Nullable Section<?> section) {
    return object(properties(type, defaults, section));
  }

  private static Map<String, Object> properties(
      Class<?> type, PolicyTree defaults, @Nullable Section<?> section) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String key = Keys.kebab(component.getName());
      boolean nullable = Sections.optional().getOrDefault(type, List.of()).contains(key);
      properties.put(key, property(component.getGenericType(), key, defaults, nullable, section));
    }
    return properties;
  }

  /** Describes the value of a key, with its default if that is a plain one. */
  private static Map<String, Object> property(
      Type type, String key, PolicyTree defaults, boolean nullable, @Nullable Section<?> section) {
    Map<String, Object> property = schema(type, defaults.child(key), nullable, section);
    Object value = defaults.get(key);
    if (value != null && !(value instanceof Map)) {
      property.put("default", value);
    }
    return property;
  }

  private static Map<String, Object> schema(
      Type type, PolicyTree defaults, boolean nullable, @Nullable Section<?> section) {
    if (type instanceof ParameterizedType generic) {
      return collection(generic, section);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == PolicySection.class) {
      return ref("policies");
    }
    if (raw == AgentRule.class) {
      return ref("agent");
    }
    if (raw == Duration.class) {
      return ref("duration");
    }
    if (raw == Object.class) {
      return new LinkedHashMap<>(); // anything
    }
    if (section != null && section.isShort(raw)) {
      return either(record(raw, defaults, section), Map.of("type", "number"));
    }
    if (raw.isRecord()) {
      Map<String, Object> off = new LinkedHashMap<>();
      off.put("enum", Arrays.asList(false, "off", null));
      Map<String, Object> record = record(raw, defaults, section);
      return nullable ? either(record, off) : record;
    }
    return scalar(raw, nullable);
  }

  private static Map<String, Object> collection(
      ParameterizedType type, @Nullable Section<?> section) {
    Type item = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    Map<String, Object> items = schema(item, PolicyTree.empty(), false, section);
    Map<String, Object> schema = new LinkedHashMap<>();
    if (type.getRawType() == Map.class) {
      schema.put("type", "object");
      schema.put("additionalProperties", items);
    } else {
      schema.put("type", item == String.class ? List.of("array", "string") : "array");
      schema.put("items", items);
    }
    return schema;
  }

  private static Map<String, Object> scalar(Class<?> type, boolean nullable) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (type.isEnum()) {
      schema.put(
          "enum",
          Arrays.stream(type.getEnumConstants()).map(c -> Keys.kebab((Enum<?>) c)).toList());
    } else {
      schema.put("type", nullable ? List.of(jsonType(type), "null") : jsonType(type));
    }
    return schema;
  }

  private static String jsonType(Class<?> type) {
    if (type == boolean.class) {
      return "boolean";
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "integer";
    }
    return type == double.class
            || type == Double.class
            || type == float.class
            || type == BigDecimal.class
        ? "number"
        : "string";
  }

  private static Map<String, Object> object(Map<String, Object> properties) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("properties", properties);
    object.put("additionalProperties", false);
    return object;
  }

  private static Map<String, Object> either(Map<String, Object> schema, Map<String, Object> other) {
    return new LinkedHashMap<>(Map.of("oneOf", List.of(schema, other)));
  }

  private static Map<String, Object> orSwitch(Map<String, Object> schema) {
    List<Object> choices = new ArrayList<>(List.of(schema));
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("enum", Arrays.asList(true, false, "on", "off", null));
    choices.add(words);
    return new LinkedHashMap<>(Map.of("oneOf", choices));
  }

  private static Map<String, Object> ref(String definition) {
    return new LinkedHashMap<>(Map.of("$ref", "#/$defs/" + definition));
  }

  private static Map<String, Object> required(String key) {
    return Map.of("required", List.of(key));
  }
}
