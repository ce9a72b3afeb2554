package io.gild.coordination;

import io.gild.config.Journal;
import io.gild.config.JournalReader;
import io.gild.config.Json;
import io.gild.core.GildLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps dead letters in a file, which several JVMs may read and change. */
final class FolderDeadLetterBook implements DeadLetterBook {

  private final Path file;
  private final Journal journal;

  FolderDeadLetterBook(Path folder) {
    file = folder.resolve("dead-letters.jsonl");
    journal = Journal.builder(file).durable().build();
  }

  @Override
  public void add(List<DeadLetter> letters) {
    try {
      journal.append(letters.stream().map(each -> Json.write(DeadLetterJson.of(each))).toList());
    } catch (IOException failure) {
      throw new CoordinationException("Cannot write " + file + ": " + failure, failure);
    }
  }

  @Override
  public List<DeadLetter> list() {
    Map<String, DeadLetter> letters = new LinkedHashMap<>();
    try (JournalReader lines = JournalReader.open(file)) {
      for (JournalReader.Line line = lines.next(); line != null; line = lines.next()) {
        DeadLetter letter = read(line);
        if (letter != null) {
          letters.put(letter.id(), letter);
        }
      }
    } catch (IOException failure) {
      throw new CoordinationException("Cannot read " + file + ": " + failure, failure);
    }
    return new ArrayList<>(letters.values());
  }

  private @Nullable DeadLetter read(JournalReader.Line line) {
    try {
      return Json.read(line.text()) instanceof Map<?, ?> json ? DeadLetterJson.read(json) : null;
    } catch (IllegalArgumentException unreadable) {
      if (line.ended()) {
        GildLog.infoOnce(
            "%s, line %d: not a dead letter, so it is not listed; it stays in the file"
                .formatted(file, line.number()));
      }
      return null;
    }
  }

  @Override
  public int drop(Collection<String> ids) {
    Set<String> dropped = new HashSet<>(ids);
    Set<String> found = new HashSet<>();
    try {
      journal.revise(lines -> {
        List<String> kept = new ArrayList<>();
        for (JournalReader.Line each : lines) {
          String line = each.text();
          String id = id(line);
          if (id != null && dropped.contains(id)) {
            found.add(id);
          } else {
            kept.add(line);
          }
        }
        return kept;
      });
    } catch (IOException failure) {
      throw new CoordinationException("Cannot write " + file + ": " + failure, failure);
    }
    return found.size();
  }

  private static @Nullable String id(String line) {
    try {
      return Json.read(line) instanceof Map<?, ?> json && json.get("id") instanceof String id
          ? id
          : null;
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }
}
