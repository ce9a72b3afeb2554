package io.gild.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The metadata by which editors complete {@code application.yaml} are those of Gild's schema and of
 * its page of settings. Rewrite the file with {@code -Dgolden.rewrite=true}.
 */
class ConfigurationMetadataTests {

  private static final Path SCHEMA =
      Path.of("../../config/src/main/resources/io/gild/config/gild.schema.json");
  private static final Path PAGE = Path.of("../../docs/configuration.md");
  private static final Path FILE =
      Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([^`]+)` \\| `([^`]+)` \\| [^|]* \\| (.*) \\|$", Pattern.MULTILINE);
  private static final String TEXT = "java.lang.String";

  private final Map<String, String> descriptions = new TreeMap<>();
  private final List<Map<String, Object>> properties = new ArrayList<>();
  private final List<Map<String, Object>> hints = new ArrayList<>();
  private Map<?, ?> definitions = Map.of();

  @Test
  void metadataAreThoseOfTheSchema() throws IOException {
    Matcher rows = ROW.matcher(Files.readString(PAGE));
    while (rows.find()) {
      descriptions.put("gild." + rows.group(1) + "." + rows.group(2), plain(rows.group(3)));
    }
    Map<?, ?> schema = (Map<?, ?>) Json.read(Files.readString(SCHEMA));
    definitions = (Map<?, ?>) schema.get("$defs");
    object("gild", schema);
    own(
        "gild.spring.enabled",
        "java.lang.Boolean",
        "Whether the starter governs beans at all; true by default.");
    own("gild.config", TEXT, "File of settings below those of the application's own files.");
    own(
        "gild.spring.fail-on-ungoverned",
        "java.lang.Boolean",
        "Whether the application does not start if an annotated bean cannot be governed.");
    own(
        "gild.spring.health.down-on-open-breaker",
        "java.lang.Boolean",
        "Whether an open circuit breaker makes the application unhealthy.");
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("properties", properties);
    metadata.put("hints", hints);
    String made = Json.pretty(metadata) + "\n";
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(FILE, made);
    }

    assertThat(properties).hasSizeGreaterThan(150);
    assertThat(FILE).hasContent(made);
  }

  private void object(String name, Map<?, ?> schema) {
    ((Map<?, ?>) schema.get("properties"))
        .forEach((key, each) -> value(name + "." + key, resolved((Map<?, ?>) each)));
  }

  /** Returns what a reference stands for, and of several forms the one with keys. */
  private Map<?, ?> resolved(Map<?, ?> schema) {
    if (schema.get("$ref") instanceof String reference) {
      return resolved(
          (Map<?, ?>) definitions.get(reference.substring(reference.lastIndexOf('/') + 1)));
    }
    for (String several : List.of("anyOf", "oneOf")) {
      if (schema.get(several) instanceof List<?> forms) {
        for (Object form : forms) {
          Map<?, ?> each = resolved((Map<?, ?>) form);
          if (each.get("properties") instanceof Map<?, ?>) {
            return each;
          }
        }
      }
    }
    return schema;
  }

  private void value(String name, Map<?, ?> schema) {
    if (schema.get("properties") instanceof Map<?, ?>) {
      object(name, schema);
      return;
    }
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("name", name);
    property.put("type", type(schema));
    String description = descriptions.get(name.replace("gild.defaults.", "gild."));
    if (description != null) {
      property.put("description", description);
    }
    Object usual = schema.get("default");
    if (usual != null && !(usual instanceof Map<?, ?>)) {
      property.put("defaultValue", usual);
    }
    properties.add(property);
    if (schema.get("enum") instanceof List<?> values) {
      Map<String, Object> hint = new LinkedHashMap<>();
      hint.put("name", name);
      hint.put(
          "values",
          values.stream()
              .filter(String.class::isInstance)
              .map(each -> Map.of("value", each))
              .toList());
      hints.add(hint);
    }
  }

  private static String type(Map<?, ?> schema) {
    Object type = schema.get("type");
    String first = type instanceof List<?> several ? (String) several.get(0) : (String) type;
    return first == null ? TEXT : typeOf(first, schema.get("items"));
  }

  private static String typeOf(String type, @Nullable Object items) {
    return switch (type) {
      case "boolean" -> "java.lang.Boolean";
      case "integer" -> "java.lang.Long";
      case "number" -> "java.lang.Double";
      case "object" -> "java.util.Map<java.lang.String,java.lang.Object>";
      case "array" ->
          items instanceof Map<?, ?> each && "string".equals(each.get("type"))
              ? "java.util.List<java.lang.String>"
              : "java.util.List<java.lang.Object>";
      default -> TEXT;
    };
  }

  private void own(String name, String type, String description) {
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("name", name);
    property.put("type", type);
    property.put("description", description);
    properties.add(property);
  }

  /** Removes the markup of a page. */
  private static String plain(String text) {
    String words = text.replaceAll("\\[([^]]+)]\\([^)]*\\)", "$1").replace("`", "").strip();
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }
}
