package io.gild.memory;

import io.gild.config.Journal;
import io.gild.config.JournalReader;
import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import io.gild.core.GildLog;
import io.gild.vectors.VectorSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file of one tenant's memories: a first line that names tenant and model, and one line for
 * each change. A line that a dying writer left unfinished was never acknowledged and is ignored.
 *
 * @param path the file; it need not exist
 * @param tenant the tenant
 * @param space the model and the length of its vectors
 */
record MemoryFile(Path path, String tenant, VectorSpace space) {

  private static final int VERSION = 1;

  /** What is done with the content, in the order of the file. */
  interface Visitor {

    void put(MemoryRecord record);

    void remove(String id);

    void use(String id, Use use);
  }

  /**
   * What was counted of the uses of a memory.
   *
   * @param number how often it was used in all
   * @param last when that was last
   */
  record Use(long number, Instant last) {}

  /** Reads the file, which may be missing. */
  void read(Visitor visitor) throws IOException {
    boolean first = true;
    try (JournalReader lines = JournalReader.open(path)) {
      for (JournalReader.Line line = lines.next(); line != null; line = lines.next()) {
        if (!line.isJson()) {
          GildLog.infoOnce(
              "%s, line %d: unfinished, so it was never acknowledged and is ignored"
                  .formatted(path, line.number()));
        } else {
          try {
            Map<String, Object> json = JsonFields.read(line.text());
            if (first) {
              require(json);
            } else {
              visit(json, visitor);
            }
          } catch (IllegalArgumentException invalid) {
            throw new IOException(
                "%s, line %d: %s".formatted(path, line.number(), invalid.getMessage()), invalid);
          }
        }
        first = false;
      }
    }
  }

  private void require(Map<String, Object> json) {
    long version = JsonFields.number(json, "gild-memories", 0);
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "a file of memories of version %d; this version of Gild reads version %d"
              .formatted(version, VERSION));
    }
    VectorSpace present = space(json);
    if (!present.equals(space)) {
      throw new IllegalArgumentException(
          "its vectors are those of %s with %d dimensions, but %s with %d dimensions is in use. Vectors of two models are never compared: run \"gild memory reembed\", or use the former model."
              .formatted(present.model(), present.dimensions(), space.model(), space.dimensions()));
    }
  }

  private static VectorSpace space(Map<String, Object> json) {
    return new VectorSpace(
        JsonFields.text(json, "model"), (int) JsonFields.number(json, "dimensions", 0));
  }

  /** Returns the tenant of a file, or {@code null} if its first line was never finished. */
  static @Nullable String tenant(Path path) throws IOException {
    try (JournalReader lines = JournalReader.open(path)) {
      JournalReader.Line first = lines.next();
      if (first == null || !first.isJson()) {
        return null;
      }
      return JsonFields.text(JsonFields.read(first.text()), "tenant");
    } catch (IllegalArgumentException invalid) {
      throw new IOException(path + ", line 1: " + invalid.getMessage(), invalid);
    }
  }

  /**
   * Returns the space of a file's vectors, or {@code null} if its first line was never finished.
   */
  static @Nullable VectorSpace space(Path path) throws IOException {
    try (JournalReader lines = JournalReader.open(path)) {
      JournalReader.Line first = lines.next();
      return first == null || !first.isJson() ? null : space(JsonFields.read(first.text()));
    } catch (IllegalArgumentException invalid) {
      throw new IOException(path + ", line 1: " + invalid.getMessage(), invalid);
    }
  }

  private void visit(Map<String, Object> json, Visitor visitor) {
    for (Object item : JsonFields.list(json, "put")) {
      visitor.put(record(JsonFields.object(item)));
    }
    JsonFields.list(json, "removed").forEach(id -> visitor.remove(String.valueOf(id)));
    JsonFields.object(json, "used")
        .forEach((id, use) -> {
          Map<String, Object> counted = JsonFields.object(use);
          visitor.use(
              id,
              new Use(JsonFields.number(counted, "uses", 0), JsonFields.instant(counted, "last")));
        });
  }

  private MemoryRecord record(Map<String, Object> json) {
    byte[] bytes = Base64.getDecoder().decode(JsonFields.text(json, "vector"));
    float[] vector = new float[bytes.length == 0 ? 0 : space.dimensions()];
    if (bytes.length != vector.length * Float.BYTES) {
      throw new IllegalArgumentException(
          "the vector of %s has %d bytes; expected %d"
              .formatted(json.get("id"), bytes.length, vector.length * Float.BYTES));
    }
    ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
    return new MemoryRecord(MemoryJson.memory(json), vector);
  }

  private static Map<String, Object> json(MemoryRecord record) {
    ByteBuffer bytes = ByteBuffer.allocate(record.vector().length * Float.BYTES);
    bytes.asFloatBuffer().put(record.vector());
    Map<String, Object> json = new LinkedHashMap<>(MemoryJson.of(record.memory()));
    json.put("vector", Base64.getEncoder().encodeToString(bytes.array()));
    return json;
  }

  void append(MemoryWrite write) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("put", write.put().stream().map(MemoryFile::json).toList());
    if (!write.removed().isEmpty()) {
      json.put("removed", write.removed());
    }
    append(json);
  }

  void appendUses(Map<String, Use> uses) throws IOException {
    Map<String, Object> used = new TreeMap<>();
    uses.forEach(
        (id, use) -> used.put(id, Map.of("uses", use.number(), "last", use.last().toString())));
    append(Map.of("used", used));
  }

  private void append(Map<String, Object> json) throws IOException {
    if (!Files.exists(path)) {
      PrivateFiles.write(path, header() + "\n" + Json.write(json) + "\n");
      return;
    }
    try (Journal journal = Journal.builder(path).build()) {
      journal.append(Json.write(json));
    }
  }

  /** Replaces the file by one with these records alone; without records there is no file. */
  void rewrite(Collection<MemoryRecord> records) throws IOException {
    if (records.isEmpty()) {
      Files.deleteIfExists(path);
      return;
    }
    List<String> lines = new ArrayList<>(records.size() + 1);
    lines.add(header());
    for (MemoryRecord record : records) {
      lines.add(Json.write(Map.of("put", List.of(json(record)))));
    }
    PrivateFiles.write(path, String.join("\n", lines) + "\n");
  }

  private String header() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("gild-memories", (long) VERSION);
    json.put("tenant", tenant);
    json.put("model", space.model());
    json.put("dimensions", (long) space.dimensions());
    return Json.write(json);
  }
}
