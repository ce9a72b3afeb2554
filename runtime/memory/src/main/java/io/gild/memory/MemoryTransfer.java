package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Exports and imports memories as JSON lines: a first line with the version, then a line for each
 * memory, without its vector. Stateless.
 */
@Experimental
public final class MemoryTransfer {

  private static final String FIELD = "gild-memory-export";
  private static final int VERSION = 1;

  private MemoryTransfer() {}

  /**
   * What an import did.
   *
   * @param added memories that were not there before
   * @param replaced memories whose content was another one
   * @param unchanged memories that were there as they are in the file
   */
  public record Imported(int added, int replaced, int unchanged) {}

  /**
   * Exports memories, superseded and pruned ones among them.
   *
   * @param memories the memories
   * @param tenants the tenants
   * @param out receives the lines
   * @return how many memories were exported
   * @throws IOException if they cannot be written
   */
  public static int exportTo(Memories memories, List<String> tenants, Appendable out)
      throws IOException {
    int exported = 0;
    out.append(Json.write(Map.of(FIELD, (long) VERSION))).append('\n');
    for (String tenant : tenants) {
      for (Memory memory : memories.all(tenant)) {
        out.append(Json.write(MemoryJson.of(memory))).append('\n');
        exported++;
      }
    }
    return exported;
  }

  /**
   * Imports memories. The whole input is checked first; the memories of a tenant are then stored in
   * one step. A memory whose id is known is replaced; importing the same twice changes nothing.
   *
   * @param memories the memories
   * @param in what {@link #exportTo} wrote
   * @param name name of the input, for messages
   * @return what was done
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if a line is invalid; nothing was imported. The message names
   *     the line.
   */
  public static Imported importFrom(Memories memories, Reader in, String name) throws IOException {
    Map<String, Map<String, MemoryRecord>> byTenant = new TreeMap<>();
    BufferedReader lines = new BufferedReader(in);
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      try {
        if (number == 1) {
          requireVersion(JsonFields.read(line));
        } else if (!line.isBlank()) {
          MemoryRecord record = memories.record(MemoryJson.memory(JsonFields.read(line)));
          byTenant
              .computeIfAbsent(record.memory().owner().tenant(), none -> new LinkedHashMap<>())
              .put(record.memory().id(), record);
        }
      } catch (IllegalArgumentException invalid) {
        throw new IllegalArgumentException(
            "%s, line %d: %s. Nothing was imported.".formatted(name, number, invalid.getMessage()),
            invalid);
      }
    }
    if (number == 0) {
      throw new IllegalArgumentException(name + " is empty. Nothing was imported.");
    }
    return store(memories, byTenant);
  }

  private static void requireVersion(Map<String, Object> json) {
    long version = JsonFields.number(json, FIELD, 0);
    if (version != VERSION) {
      throw new IllegalArgumentException(
          version == 0
              ? "expected {\"%s\":%d}, as gild memory export writes it".formatted(FIELD, VERSION)
              : "an export of version %d; this version of Gild reads version %d"
                  .formatted(version, VERSION));
    }
  }

  private static Imported store(
      Memories memories, Map<String, Map<String, MemoryRecord>> byTenant) {
    int[] counts = new int[3];
    byTenant.forEach((tenant, records) -> {
      int[] own = new int[3];
      memories
          .store()
          .change(
              tenant,
              Set.copyOf(records.keySet()),
              List.of(),
              found -> changed(found, records, own));
      for (int i = 0; i < counts.length; i++) {
        counts[i] += own[i];
      }
    });
    return new Imported(counts[0], counts[1], counts[2]);
  }

  private static MemoryWrite changed(
      List<MemoryRecord> found, Map<String, MemoryRecord> records, int[] counts) {
    Map<String, Object> known = new HashMap<>();
    found.forEach(record -> known.put(record.memory().id(), MemoryJson.of(record.memory())));
    List<MemoryRecord> put = new ArrayList<>();
    Arrays.fill(counts, 0);
    records.forEach((id, record) -> {
      Object old = known.get(id);
      boolean same =
          old != null && Json.write(old).equals(Json.write(MemoryJson.of(record.memory())));
      counts[old == null ? 0 : same ? 2 : 1]++;
      if (!same) {
        put.add(record);
      }
    });
    return MemoryWrite.of(put);
  }
}
