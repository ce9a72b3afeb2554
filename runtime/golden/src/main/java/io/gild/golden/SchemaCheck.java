package io.gild.golden;

import io.gild.config.Json;
import io.gild.config.Suggestions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds unknown keywords in a JSON Schema, which validators would ignore silently. */
final class SchemaCheck {

  private static final Set<String> TYPES =
      Set.of("array", "boolean", "integer", "null", "number", "object", "string");

  /** Keywords whose value is a schema, or a list of schemas. */
  private static final Set<String> SCHEMAS =
      Set.of(
          "additionalItems",
          "additionalProperties",
          "allOf",
          "anyOf",
          "contains",
          "contentSchema",
          "else",
          "if",
          "items",
          "not",
          "oneOf",
          "prefixItems",
          "propertyNames",
          "then",
          "unevaluatedItems",
          "unevaluatedProperties");

  /** Keywords whose value holds schemas by name. */
  private static final Set<String> NAMED =
      Set.of(
          "$defs",
          "definitions",
          "dependencies",
          "dependentSchemas",
          "patternProperties",
          "properties");

  /** Keywords of drafts 4 to 2020-12 with other values, and those that only describe. */
  private static final Set<String> OTHERS =
      Set.of(
          "$anchor",
          "$comment",
          "$dynamicAnchor",
          "$dynamicRef",
          "$id",
          "$recursiveAnchor",
          "$recursiveRef",
          "$ref",
          "$schema",
          "$vocabulary",
          "const",
          "contentEncoding",
          "contentMediaType",
          "default",
          "dependentRequired",
          "deprecated",
          "description",
          "enum",
          "example",
          "examples",
          "exclusiveMaximum",
          "exclusiveMinimum",
          "format",
          "id",
          "maxContains",
          "maxItems",
          "maxLength",
          "maxProperties",
          "maximum",
          "minContains",
          "minItems",
          "minLength",
          "minProperties",
          "minimum",
          "multipleOf",
          "pattern",
          "readOnly",
          "required",
          "title",
          "type",
          "uniqueItems",
          "writeOnly");

  private static final Set<String> KNOWN = known();

  private SchemaCheck() {}

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(OTHERS);
    known.addAll(SCHEMAS);
    known.addAll(NAMED);
    return known;
  }

  /**
   * Checks a schema and those in it.
   *
   * @throws IllegalArgumentException if it holds an unknown keyword or type, with its place
   */
  static void check(@Nullable Object schema) {
    boolean foreign =
        schema instanceof Map<?, ?> map
            && map.get("$schema") instanceof String dialect
            && !dialect.contains("json-schema.org");
    if (!foreign) {
      check(schema, "schema");
    }
  }

  private static void check(@Nullable Object schema, String at) {
    if (schema instanceof List<?> several) {
      for (int i = 0; i < several.size(); i++) {
        check(several.get(i), at + "[" + i + "]");
      }
    }
    if (!(schema instanceof Map<?, ?> map)) {
      return;
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String keyword = String.valueOf(entry.getKey());
      Object value = entry.getValue();
      String place = at + "." + keyword;
      if (keyword.equals("type")) {
        checkType(value, place);
      } else if (SCHEMAS.contains(keyword)) {
        check(value, place);
      } else if (NAMED.contains(keyword) && value instanceof Map<?, ?> named) {
        named.forEach((name, each) -> {
          if (each instanceof Map<?, ?>) {
            check(each, place + "." + name);
          }
        });
      } else if (!KNOWN.contains(keyword) && !keyword.startsWith("x-")) {
        throw new IllegalArgumentException(
            at
                + " has the keyword \""
                + keyword
                + "\", which no validator knows; it would check nothing."
                + Suggestions.didYouMean(keyword, KNOWN));
      }
    }
  }

  private static void checkType(@Nullable Object type, String at) {
    if (type instanceof List<?> several) {
      several.forEach(each -> checkType(each, at));
    } else if (!(type instanceof String name) || !TYPES.contains(name)) {
      throw new IllegalArgumentException(
          at
              + " must be one of "
              + String.join(", ", new TreeSet<>(TYPES))
              + ", but is "
              + Json.write(type)
              + "."
              + Suggestions.didYouMean(String.valueOf(type), TYPES));
    }
  }
}
