package io.gild.coordination;

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

  /** Keeps dead letters in the heap. */
  final class InProcess implements DeadLetterBook {

    private final Map<String, DeadLetter> letters = new LinkedHashMap<>();

    @Override
    public synchronized void add(List<DeadLetter> added) {
      added.forEach(letter -> letters.put(letter.id(), letter));
    }

    @Override
    public synchronized List<DeadLetter> list() {
      return new ArrayList<>(letters.values());
    }

    @Override
    public synchronized int drop(Collection<String> ids) {
      int before = letters.size();
      letters.keySet().removeAll(List.copyOf(ids));
      return before - letters.size();
    }
  }
}
