package io.gild.vectors.lucene;

import io.gild.vectors.MetadataFilter;
import io.gild.vectors.VectorMatch;
import io.gild.vectors.VectorSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/** Searches a partition: candidates first, whose vectors are then compared exactly. */
final class NearestEntries {

  /** Candidates for each wanted entry, and the fewest; with half of them, recall is below 0.98. */
  private static final int OVER_FETCH = 10;

  private static final int FEWEST_CANDIDATES = 100;

  /** Up to so many entries, all are candidates. */
  private static final int FEW = 1_000;

  private static final Comparator<Candidate> NEAREST_FIRST =
      Comparator.comparingDouble(Candidate::similarity).reversed();

  private static final Comparator<VectorMatch> NEAREST_FIRST_BY_ID =
      Comparator.comparingDouble(VectorMatch::similarity).reversed().thenComparing(VectorMatch::id);

  private final IndexSearcher searcher;
  private final VectorSpace space;
  private final float[] wanted;
  private final Query filter;

  /** A document and its exact similarity. */
  private record Candidate(int document, double similarity) {}

  NearestEntries(IndexSearcher searcher, VectorSpace space, float[] unit, MetadataFilter filter) {
    this.searcher = searcher;
    this.space = space;
    this.wanted = unit;
    this.filter = MetadataQueries.of(filter);
  }

  List<VectorMatch> find(int limit) throws IOException {
    List<Candidate> candidates = compare(candidates(limit));
    if (candidates.size() > limit) {
      candidates.sort(NEAREST_FIRST);
      double farthest = candidates.get(limit - 1).similarity;
      candidates.removeIf(each -> each.similarity < farthest);
    }
    List<VectorMatch> matches = new ArrayList<>(candidates.size());
    StoredFields stored = searcher.storedFields();
    for (Candidate each : candidates) {
      EntryDocument.Content content = EntryDocument.content(stored.document(each.document));
      matches.add(new VectorMatch(content.id(), each.similarity, content.metadata()));
    }
    matches.sort(NEAREST_FIRST_BY_ID);
    return List.copyOf(matches.subList(0, Math.min(limit, matches.size())));
  }

  private int[] candidates(int limit) throws IOException {
    int matching = searcher.count(filter);
    int count = (int) Math.min(matching, Math.max(FEWEST_CANDIDATES, (long) OVER_FETCH * limit));
    if (matching > Math.max(FEW, count)) {
      int[] found = candidatesOfGraph(count);
      if (found.length >= limit) { // parts of a graph can be out of reach
        return found;
      }
    }
    return searcher.search(filter, MatchingDocuments.MANAGER);
  }

  private int[] candidatesOfGraph(int count) throws IOException {
    Query restriction = filter instanceof MatchAllDocsQuery ? null : filter;
    Query query = new KnnFloatVectorQuery(EntryDocument.VECTOR, wanted, count, restriction);
    ScoreDoc[] found = searcher.search(query, count).scoreDocs;
    return Stream.of(found).mapToInt(each -> each.doc).toArray();
  }

  private List<Candidate> compare(int[] documents) throws IOException {
    int[] inOrder = IntStream.of(documents).sorted().toArray();
    List<Candidate> compared = new ArrayList<>(inOrder.length);
    int next = 0;
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      int end = leaf.docBase + leaf.reader().maxDoc();
      FloatVectorValues vectors =
          next < inOrder.length && inOrder[next] < end ? vectors(leaf.reader()) : null;
      for (; vectors != null && next < inOrder.length && inOrder[next] < end; next++) {
        vectors.advance(inOrder[next] - leaf.docBase);
        double similarity = space.similarity(vectors.vectorValue(), wanted);
        compared.add(new Candidate(inOrder[next], similarity));
      }
    }
    return compared;
  }

  /** Returns the vectors of a segment that has some. */
  static FloatVectorValues vectors(LeafReader reader) throws IOException {
    FloatVectorValues vectors = reader.getFloatVectorValues(EntryDocument.VECTOR);
    if (vectors == null) {
      throw new IOException("a segment has no vectors; embed the entries again");
    }
    return vectors;
  }
}
