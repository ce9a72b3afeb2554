package io.gild.vectors.lucene;

import java.util.Collection;
import java.util.stream.IntStream;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Collects all documents of a query. */
final class MatchingDocuments extends SimpleCollector {

  static final CollectorManager<MatchingDocuments, int[]> MANAGER =
      new CollectorManager<>() {
        @Override
        public MatchingDocuments newCollector() {
          return new MatchingDocuments();
        }

        @Override
        public int[] reduce(Collection<MatchingDocuments> collectors) {
          return collectors.stream()
              .flatMapToInt(collector -> collector.documents.build())
              .toArray();
        }
      };

  private final IntStream.Builder documents = IntStream.builder();
  private int base;

  @Override
  protected void doSetNextReader(LeafReaderContext context) {
    base = context.docBase;
  }

  @Override
  public void collect(int document) {
    documents.add(base + document);
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }
}
