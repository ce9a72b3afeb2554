package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.memory.Memory.Pruned;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of memories, in files, in other stores and in exports. Absent fields have defaults. */
@Experimental
public final class MemoryJson {

  private MemoryJson() {}

  /**
   * Returns a memory as JSON.
   *
   * @param memory the memory
   * @return an object; fields that have their default are left out
   */
  public static Map<String, Object> of(Memory memory) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", memory.id());
    putText(json, "tenant", memory.owner().tenant());
    putText(json, "agent", memory.owner().agent());
    putText(json, "user", memory.owner().user());
    json.put("text", memory.text());
    json.put("kind", memory.kind());
    json.put("importance", BigDecimal.valueOf(memory.importance()));
    json.put("created", memory.created().toString());
    if (!memory.validFrom().equals(memory.created())) {
      json.put("valid-from", memory.validFrom().toString());
    }
    putTime(json, "valid-until", memory.validUntil());
    putTime(json, "review", memory.review());
    putText(json, "session", memory.source().session());
    putText(json, "message", memory.source().message());
    putText(json, "call", memory.source().call());
    if (!memory.metadata().isEmpty()) {
      json.put("metadata", memory.metadata());
    }
    putText(json, "superseded-by", memory.supersededBy());
    putText(json, "reason", memory.reason());
    if (!memory.mergedFrom().isEmpty()) {
      json.put("merged-from", memory.mergedFrom());
    }
    if (memory.uses() > 0) {
      json.put("uses", memory.uses());
    }
    if (!memory.lastUsed().equals(memory.created())) {
      json.put("last-used", memory.lastUsed().toString());
    }
    Pruned pruned = memory.pruned();
    if (pruned != null) {
      json.put(
          "pruned", Map.of("at", pruned.at().toString(), "run", pruned.run(), "why", pruned.why()));
    }
    return json;
  }

  private static void putText(Map<String, Object> json, String field, String text) {
    if (!text.isEmpty()) {
      json.put(field, text);
    }
  }

  private static void putTime(Map<String, Object> json, String field, @Nullable Instant time) {
    if (time != null) {
      json.put(field, time.toString());
    }
  }

  /**
   * Reads a memory.
   *
   * @param json an object with at least {@code id}, {@code text} and {@code created}
   * @return the memory
   * @throws IllegalArgumentException if a field is missing or has an invalid value
   */
  public static Memory memory(Map<?, ?> json) {
    Instant created = JsonFields.instant(json, "created");
    Instant from = JsonFields.instantOrNull(json, "valid-from");
    Instant used = JsonFields.instantOrNull(json, "last-used");
    return new Memory(
        JsonFields.text(json, "id"),
        new MemoryOwner(
            JsonFields.text(json, "tenant", ""),
            JsonFields.text(json, "agent", ""),
            JsonFields.text(json, "user", "")),
        JsonFields.text(json, "text"),
        JsonFields.text(json, "kind", MemoryDraft.FACT),
        JsonFields.decimal(json, "importance", 0.5),
        created,
        from == null ? created : from,
        JsonFields.instantOrNull(json, "valid-until"),
        JsonFields.instantOrNull(json, "review"),
        new MemorySource(
            JsonFields.text(json, "session", ""),
            JsonFields.text(json, "message", ""),
            JsonFields.text(json, "call", "")),
        JsonFields.object(json, "metadata"),
        JsonFields.text(json, "superseded-by", ""),
        JsonFields.text(json, "reason", ""),
        JsonFields.list(json, "merged-from").stream().map(String::valueOf).toList(),
        JsonFields.number(json, "uses", 0),
        used == null ? created : used,
        json.get("pruned") == null ? null : pruned(JsonFields.object(json, "pruned")));
  }

  private static Pruned pruned(Map<?, ?> json) {
    return new Pruned(
        JsonFields.instant(json, "at"),
        JsonFields.text(json, "run", ""),
        JsonFields.text(json, "why", ""));
  }
}
