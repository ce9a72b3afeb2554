package io.gild.vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The texts of one partition: for each term, which texts have it. Many threads may read at once.
 */
final class TextPartition {

  private final Bm25 parameters;
  private final Map<String, Document> documents = new HashMap<>();
  private final Map<String, List<Posting>> postings = new HashMap<>();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** Terms of all texts. */
  private long length;

  /** A text; not a record, because it is compared by identity. */
  private static final class Document {
    final String id;
    final Map<String, Object> metadata;
    final List<String> terms;
    final int length;

    Document(String id, Map<String, Object> metadata, List<String> terms, int length) {
      this.id = id;
      this.metadata = metadata;
      this.terms = terms;
      this.length = length;
    }
  }

  private record Posting(Document document, int count) {}

  TextPartition(Bm25 parameters) {
    this.parameters = parameters;
  }

  void put(String id, Map<String, Integer> counts, Map<String, Object> metadata) {
    int own = counts.values().stream().mapToInt(Integer::intValue).sum();
    Document document = new Document(id, metadata, List.copyOf(counts.keySet()), own);
    lock.writeLock().lock();
    try {
      removeDocument(id);
      documents.put(id, document);
      counts.forEach((term, count) ->
          postings
              .computeIfAbsent(term, absent -> new ArrayList<>(1))
              .add(new Posting(document, count)));
      length += own;
    } finally {
      lock.writeLock().unlock();
    }
  }

  boolean remove(String id) {
    lock.writeLock().lock();
    try {
      return removeDocument(id);
    } finally {
      lock.writeLock().unlock();
    }
  }

  int size() {
    lock.readLock().lock();
    try {
      return documents.size();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Returns the number of different terms. */
  int terms() {
    lock.readLock().lock();
    try {
      return postings.size();
    } finally {
      lock.readLock().unlock();
    }
  }

  List<TextMatch> search(Set<String> wanted, int limit, MetadataFilter filter) {
    lock.readLock().lock();
    try {
      Map<Document, Double> scores = new IdentityHashMap<>();
      double highest = 0;
      for (String term : wanted) {
        highest += score(term, scores);
      }
      return best(scores, highest, limit, filter);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Adds what a term scores, in the order of the query, so that equal texts score the same. */
  private double score(String term, Map<Document, Double> scores) {
    List<Posting> found = postings.getOrDefault(term, List.of());
    double idf = Bm25.idf(documents.size(), found.size());
    double mean = (double) length / documents.size();
    for (Posting posting : found) {
      Document document = posting.document;
      double share = parameters.saturation(posting.count, document.length, mean);
      scores.merge(document, idf * share, Double::sum);
    }
    return idf;
  }

  private static List<TextMatch> best(
      Map<Document, Double> scores, double highest, int limit, MetadataFilter filter) {
    List<TextMatch> matches = new ArrayList<>();
    scores.forEach((document, score) -> {
      if (filter.accepts(document.metadata)) {
        double share = Math.min(1, score / highest);
        matches.add(new TextMatch(document.id, score, share, document.metadata));
      }
    });
    matches.sort(
        Comparator.comparingDouble(TextMatch::score).reversed().thenComparing(TextMatch::id));
    return List.copyOf(matches.subList(0, Math.min(limit, matches.size())));
  }

  private boolean removeDocument(String id) {
    Document removed = documents.remove(id);
    if (removed == null) {
      return false;
    }
    removed.terms.forEach(term -> removePosting(term, removed));
    length -= removed.length;
    return true;
  }

  /** Moves the last posting to the place of the removed one. */
  private void removePosting(String term, Document document) {
    List<Posting> found = postings.getOrDefault(term, List.of());
    int last = found.size() - 1;
    for (int at = last; at >= 0; at--) {
      if (found.get(at).document == document) {
        found.set(at, found.get(last));
        found.remove(last);
        break;
      }
    }
    if (found.isEmpty()) {
      postings.remove(term);
    }
  }
}
