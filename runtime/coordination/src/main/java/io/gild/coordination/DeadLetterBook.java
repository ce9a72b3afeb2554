package io.gild.coordination;

import io.gild.core.GildLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps dead letters. Thread-safe. */
interface DeadLetterBook {

  /** Adds dead letters; one with the same id is replaced. */
  void add(List<DeadLetter> letters);

  /** Returns the dead letters, the oldest first. */
  List<DeadLetter> list();

  /** Deletes dead letters; returns how many there were. */
  int drop(Collection<String> ids);

  /** Returns a dead letter. */
  default Optional<DeadLetter> find(String id) {
    return list().stream().filter(letter -> letter.id().equals(id)).findFirst();
  }

  /** Keeps the newest dead letters in the heap. */
  final class InProcess implements DeadLetterBook {

    private final long maxBytes;
    private final Map<String, DeadLetter> letters = new LinkedHashMap<>();
    private long bytes;

    InProcess(long maxBytes) {
      this.maxBytes = maxBytes;
    }

    @Override
    public synchronized void add(List<DeadLetter> added) {
      for (DeadLetter letter : added) {
        remove(letter.id());
        letters.put(letter.id(), letter);
        bytes += letter.json().length();
      }
      while (bytes > maxBytes && letters.size() > 1) {
        String oldest = letters.keySet().iterator().next();
        remove(oldest);
        GildLog.infoOnce(
            "The dead letters in process have more than %d bytes, so the oldest ones are lost: drop or replay them in time, or use coordination.engine: folder"
                .formatted(maxBytes));
      }
    }

    private boolean remove(String id) {
      DeadLetter removed = letters.remove(id);
      bytes -= removed == null ? 0 : removed.json().length();
      return removed != null;
    }

    @Override
    public synchronized List<DeadLetter> list() {
      return new ArrayList<>(letters.values());
    }

    @Override
    public synchronized int drop(Collection<String> ids) {
      int removed = 0;
      for (String id : ids) {
        removed += remove(id) ? 1 : 0;
      }
      return removed;
    }
  }
}
