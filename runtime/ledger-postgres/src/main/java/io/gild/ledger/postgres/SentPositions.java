package io.gild.ledger.postgres;

import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many bytes of each file were sent to a database. If that is unknown, all is sent again, and
 * nothing is there twice. For one thread.
 */
final class SentPositions {

  private static final String DATABASE = "database";
  private static final String FILES = "files";

  private final Path place;
  private final String database;
  private final Map<String, Object> files = new TreeMap<>();

  private SentPositions(Path place, String database) {
    this.place = place;
    this.database = database;
  }

  static SentPositions read(Path folder, String database) throws IOException {
    SentPositions positions = new SentPositions(folder.resolve("postgres.json"), database);
    try {
      Object json = Json.read(Files.readString(positions.place));
      if (json instanceof Map<?, ?> fields
          && database.equals(fields.get(DATABASE))
          && fields.get(FILES) instanceof Map<?, ?> known) {
        known.forEach((file, bytes) -> {
          if (file instanceof String name && bytes instanceof Number) {
            positions.files.put(name, bytes);
          }
        });
      }
    } catch (NoSuchFileException | IllegalArgumentException unknown) {
      // all is sent again
    }
    return positions;
  }

  long of(Path file) {
    return files.get(name(file)) instanceof Number bytes ? Math.max(0, bytes.longValue()) : 0;
  }

  void put(Path file, long bytes) {
    files.put(name(file), bytes);
  }

  void remove(Path file) {
    files.remove(name(file));
  }

  void retain(Collection<Path> present) {
    Set<String> names = present.stream().map(SentPositions::name).collect(Collectors.toSet());
    files.keySet().retainAll(names);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  void write() throws IOException {
    PrivateFiles.write(place, Json.write(Map.of(DATABASE, database, FILES, files)) + "\n");
  }
}
