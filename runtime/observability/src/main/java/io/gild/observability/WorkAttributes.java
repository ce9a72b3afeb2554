package io.gild.observability;

import io.gild.recording.Scrubber;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes attributes of work whose names modules give, without those that the version of the
 * conventions lacks, and without content unless that is on. Immutable.
 */
final class WorkAttributes {

  /** Contain what people or models wrote. */
  private static final Set<String> CONTENT =
      Set.of(
          "gen_ai.evaluation.explanation",
          "gen_ai.memory.query.text",
          "gen_ai.memory.records",
          "gen_ai.retrieval.query.text");

  /** Version 0.1 has the name of the agent in their place. */
  private static final Set<String> OLD = Set.of("gen_ai.workflow.name");

  private final SemanticConventions conventions;
  private final @Nullable Scrubber scrubber;
  private final int maxBytes;

  /**
   * Creates the writer.
   *
   * @param scrubber removes secrets from content; {@code null} if content is off
   * @param maxBytes the longest content
   */
  WorkAttributes(SemanticConventions conventions, @Nullable Scrubber scrubber, int maxBytes) {
    this.conventions = conventions;
    this.scrubber = scrubber;
    this.maxBytes = maxBytes;
  }

  /** Returns a writer without content. */
  static WorkAttributes withoutContent(SemanticConventions conventions) {
    return new WorkAttributes(conventions, null, 0);
  }

  Attributes of(Map<String, Object> given) {
    AttributesBuilder builder = Attributes.builder();
    write(given, (key, value) -> put(builder, key, value));
    return builder.build();
  }

  @SuppressWarnings("unchecked") // each value has the type of its key
  private static void put(AttributesBuilder builder, AttributeKey<?> key, Object value) {
    builder.put((AttributeKey<Object>) key, value);
  }

  /** Writes the attributes that are left, each with a key of its value's type. */
  void write(Map<String, Object> given, BiConsumer<AttributeKey<?>, Object> into) {
    Scrubber.Placeholders secrets = new Scrubber.Placeholders();
    given.forEach((name, value) -> {
      Object left = left(name, value, secrets);
      if (left != null) {
        into.accept(key(name, left), left);
      }
    });
  }

  private @Nullable Object left(String name, Object value, Scrubber.Placeholders secrets) {
    if (OLD.contains(name) && !conventions.hasOld()) {
      return null;
    }
    if (!CONTENT.contains(name)) {
      return value;
    }
    return scrubber == null
        ? null
        : shortened(scrubber.scrub(String.valueOf(value), secrets), maxBytes);
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  private static AttributeKey<?> key(String name, Object value) {
    if (value instanceof Long) {
      return AttributeKey.longKey(name);
    }
    if (value instanceof Double) {
      return AttributeKey.doubleKey(name);
    }
    if (value instanceof Boolean) {
      return AttributeKey.booleanKey(name);
    }
    return value instanceof List<?>
        ? AttributeKey.stringArrayKey(name)
        : AttributeKey.stringKey(name);
  }
}
