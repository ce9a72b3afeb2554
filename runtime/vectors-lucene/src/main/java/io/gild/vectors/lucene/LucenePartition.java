package io.gild.vectors.lucene;

import io.gild.vectors.MetadataFilter;
import io.gild.vectors.VectorEntry;
import io.gild.vectors.VectorMatch;
import io.gild.vectors.VectorSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;

/** A Lucene index of one partition. Operations run side by side; closing waits for them. */
final class LucenePartition {

  private static final int CHANGES_BETWEEN_COMMITS = 10_000;
  private static final double BUFFER_MEGABYTES = 64;

  /** Half of Lucene's default: a search takes as long again in each segment. */
  private static final double SEGMENTS_PER_TIER = 5;

  /** Merges of other threads may hide a segment from a purge. */
  private static final int MOST_PURGES = 5;

  private final VectorSpace space;
  private final Directory directory;
  private final boolean durable;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();
  private final Object removing = new Object();
  private final Object refreshing = new Object();
  private final AtomicLong changes = new AtomicLong();
  private final AtomicInteger uncommitted = new AtomicInteger();
  private volatile long visibleChanges;
  private volatile boolean ended;
  private volatile boolean dropped;

  /** A search on the present state. */
  private interface Search<T> {
    T in(IndexSearcher searcher) throws IOException;
  }

  private LucenePartition(
      Directory directory, IndexWriter writer, VectorSpace space, boolean durable)
      throws IOException {
    this.space = space;
    this.directory = directory;
    this.durable = durable;
    this.writer = writer;
    searchers = new SearcherManager(writer, null);
  }

  static LucenePartition open(Directory directory, VectorSpace space, boolean durable)
      throws IOException {
    IndexWriter writer = null;
    try {
      writer = new IndexWriter(directory, settings());
      writer.setLiveCommitData(SpaceMark.of(space).entrySet());
      return new LucenePartition(directory, writer, space, durable);
    } catch (IOException | RuntimeException failed) {
      IOUtils.closeWhileHandlingException(writer, directory);
      throw failed;
    }
  }

  private static IndexWriterConfig settings() {
    TieredMergePolicy merges = new TieredMergePolicy();
    merges.setForceMergeDeletesPctAllowed(0);
    merges.setSegmentsPerTier(SEGMENTS_PER_TIER);
    return new IndexWriterConfig()
        .setCodec(QuantizedVectors.codec())
        .setMergePolicy(merges)
        .setRAMBufferSizeMB(BUFFER_MEGABYTES);
  }

  static IllegalStateException closed() {
    return new IllegalStateException("the vector index is closed; open it again");
  }

  /** Adds an entry; returns whether the partition still exists. */
  boolean put(EntryDocument entry) {
    lifetime.readLock().lock();
    try {
      if (isDropped()) {
        return false;
      }
      Uninterrupted.run(() -> {
        writer.updateDocument(entry.key(), entry.document());
        changed();
      });
      return true;
    } finally {
      lifetime.readLock().unlock();
    }
  }

  Optional<VectorEntry> get(String id) {
    return search(Optional.empty(), searcher -> find(searcher, id));
  }

  private static Optional<VectorEntry> find(IndexSearcher searcher, String id) throws IOException {
    TopDocs found = searcher.search(new TermQuery(EntryDocument.key(id)), 1);
    if (found.scoreDocs.length == 0) {
      return Optional.empty();
    }
    int document = found.scoreDocs[0].doc;
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
    FloatVectorValues vectors = NearestEntries.vectors(leaf.reader());
    vectors.advance(document - leaf.docBase);
    return Optional.of(
        EntryDocument.entry(searcher.storedFields().document(document), vectors.vectorValue()));
  }

  boolean remove(String id) {
    synchronized (removing) { // so that one of two removals finds the entry
      return search(
          false,
          searcher -> {
            boolean known = searcher.count(new TermQuery(EntryDocument.key(id))) > 0;
            if (known) {
              Uninterrupted.run(() -> {
                writer.deleteDocuments(EntryDocument.key(id));
                changed();
              });
            }
            return known;
          });
    }
  }

  int size() {
    return search(0, searcher -> searcher.getIndexReader().numDocs());
  }

  List<VectorMatch> nearest(float[] unit, int limit, MetadataFilter filter) {
    try {
      return search(
          List.of(), searcher -> new NearestEntries(searcher, space, unit, filter).find(limit));
    } catch (IndexSearcher.TooManyClauses large) {
      throw new IllegalArgumentException(
          "the filter must have at most %,d conditions; use oneOf for many values of a key"
              .formatted(IndexSearcher.getMaxClauseCount()),
          large);
    }
  }

  void commit() {
    run(writer::commit);
  }

  /** Returns whether nothing of a removed entry remains. */
  boolean purge() {
    return run(this::purged);
  }

  /** Merges all files; returns whether nothing of a removed entry remains. */
  boolean compact() {
    return run(() -> {
      writer.forceMerge(1);
      return purged();
    });
  }

  private boolean purged() throws IOException {
    for (int round = 0; writer.hasDeletions() && round < MOST_PURGES; round++) {
      writer.forceMergeDeletes(true);
    }
    writer.commit();
    searchers.maybeRefreshBlocking(); // the searcher keeps the files that it uses
    writer.deleteUnusedFiles();
    return !writer.hasDeletions();
  }

  /** Does what may take long, and does not make a removal of the partition wait. */
  private boolean run(Callable<?> action) {
    try {
      return !Boolean.FALSE.equals(Uninterrupted.call(action));
    } catch (UncheckedIOException | AlreadyClosedException failed) {
      if (isDropped()) {
        return true;
      }
      throw failed;
    }
  }

  /** Ends the partition without writing; returns how many entries it had. */
  int drop() {
    lifetime.writeLock().lock();
    try {
      int size = size();
      dropped = true;
      end(writer::rollback);
      return size;
    } finally {
      lifetime.writeLock().unlock();
    }
  }

  void close() {
    lifetime.writeLock().lock();
    try {
      if (!ended) {
        end(durable ? writer::close : writer::rollback);
      }
    } finally {
      lifetime.writeLock().unlock();
    }
  }

  private void end(Uninterrupted.Action last) {
    ended = true;
    Uninterrupted.run(() -> {
      try {
        searchers.close();
        last.run();
      } finally {
        directory.close();
      }
    });
  }

  /** Returns whether it was dropped; throws if its index was closed. */
  private boolean isDropped() {
    if (ended && !dropped) {
      throw closed();
    }
    return ended;
  }

  private void changed() throws IOException {
    changes.incrementAndGet();
    if (durable && uncommitted.incrementAndGet() % CHANGES_BETWEEN_COMMITS == 0) {
      writer.commit();
    }
  }

  private <T> T search(T ofDropped, Search<T> search) {
    lifetime.readLock().lock();
    try {
      if (isDropped()) {
        return ofDropped;
      }
      if (visibleChanges < changes.get()) {
        Uninterrupted.run(this::refresh);
      }
      IndexSearcher searcher = searchers.acquire();
      try {
        return search.in(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } finally {
      lifetime.readLock().unlock();
    }
  }

  /** Makes all changes visible that were made before the call. */
  private void refresh() throws IOException {
    synchronized (refreshing) {
      long made = changes.get();
      if (visibleChanges < made) {
        searchers.maybeRefreshBlocking();
        visibleChanges = made;
      }
    }
  }
}
