package io.gild.memory;

import io.gild.vectors.TextTerms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds memories that say nothing that another one does not say. Without a model, a similar vector
 * is no proof: statements that differ in one name or number are similar, too. So all words of the
 * one have to be in the other, and what the other one adds must be no number and no negation.
 */
final class ContainedMemories {

  /** Of a word that very many memories have, only so many are compared. */
  private static final int COMPARED = 1_000;

  private ContainedMemories() {}

  /** A memory with its words. */
  private record Words(MemoryRecord record, Set<String> all) {

    Memory memory() {
      return record.memory();
    }
  }

  /** Returns ids of contained memories with the id of the one that contains each. */
  static Map<String, String> find(List<MemoryRecord> records, double similarity) {
    List<Words> all = new ArrayList<>(records.size());
    Map<String, List<Words>> byWord = new HashMap<>();
    for (MemoryRecord record : records) {
      Words words = new Words(record, new HashSet<>(TextTerms.of(record.memory().text())));
      all.add(words);
      words
          .all()
          .forEach(word -> byWord.computeIfAbsent(word, none -> new ArrayList<>()).add(words));
    }
    all.sort(
        Comparator.comparingInt((Words words) -> words.all().size())
            .thenComparing(words -> words.memory().created())
            .thenComparing(words -> words.memory().id()));
    Map<String, String> contained = new LinkedHashMap<>();
    for (Words words : all) {
      Words in = container(words, byWord, similarity, contained.keySet());
      if (in != null) {
        contained.put(words.memory().id(), in.memory().id());
      }
    }
    contained.replaceAll((id, into) -> last(into, contained));
    return contained;
  }

  private static String last(String id, Map<String, String> contained) {
    String last = id;
    for (String next = contained.get(last); next != null; next = contained.get(last)) {
      last = next;
    }
    return last;
  }

  private static @Nullable Words container(
      Words words, Map<String, List<Words>> byWord, double similarity, Set<String> gone) {
    List<Words> rarest = List.of();
    for (String word : words.all()) {
      List<Words> having = byWord.getOrDefault(word, List.of());
      if (rarest.isEmpty() || having.size() < rarest.size()) {
        rarest = having;
      }
    }
    Words best = null;
    for (Words other : rarest.subList(0, Math.min(COMPARED, rarest.size()))) {
      if (other != words
          && !gone.contains(other.memory().id())
          && contains(other, words, similarity)
          && (best == null || other.all().size() < best.all().size())) {
        best = other;
      }
    }
    return best;
  }

  private static boolean contains(Words longer, Words shorter, double similarity) {
    Memory one = longer.memory();
    Memory other = shorter.memory();
    return one.owner().equals(other.owner())
        && one.kind().equals(other.kind())
        && other.metadata().entrySet().stream()
            .allMatch(entry -> entry.getValue().equals(one.metadata().get(entry.getKey())))
        && longer.all().containsAll(shorter.all())
        && longer.all().stream()
            .noneMatch(word -> !shorter.all().contains(word) && isDecisive(word))
        && MemoryRecord.cosine(longer.record().vector(), shorter.record().vector()) >= similarity;
  }

  private static boolean isDecisive(String word) {
    return Negations.contains(word) || word.chars().anyMatch(Character::isDigit);
  }
}
