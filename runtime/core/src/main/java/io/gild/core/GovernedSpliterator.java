package io.gild.core;

import java.util.Comparator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes a stream of pulled elements that has the properties of the one they come from: whether it
 * is parallel, its order, its size, how it is sorted.
 *
 * <p>A parallel stream is split into batches, as the JDK does with an iterator: one thread at a
 * time pulls, and all work on what was pulled.
 */
final class GovernedSpliterator implements Spliterator<Object> {

  private static final int BATCH = 1 << 10;
  private static final int LARGEST_BATCH = 1 << 25;

  private final GovernedIterator<Object> elements;
  private final @Nullable PulledAttempt opened;
  private final @Nullable Spliterator<?> source;
  private final int characteristics;
  private long pulled;
  private long size = -1;
  private int batch;

  private GovernedSpliterator(
      GovernedIterator<Object> elements, @Nullable PulledAttempt opened, int characteristics) {
    this.elements = elements;
    this.opened = opened;
    this.source = opened == null ? null : opened.spliterator();
    this.characteristics = characteristics;
  }

  /** Makes a stream that closes the elements when it is closed. */
  static Stream<Object> stream(GovernedIterator<Object> elements) {
    PulledAttempt opened = elements.opened();
    BaseStream<?, ?> own = opened == null ? null : opened.stream();
    Spliterator<?> source = opened == null ? null : opened.spliterator();
    // A source that may change while it is pulled has no size to rely on.
    int characteristics =
        source == null ? Spliterator.ORDERED : source.characteristics() & ~Spliterator.CONCURRENT;
    return StreamSupport.stream(
            () -> new GovernedSpliterator(elements, opened, characteristics),
            inNaturalOrder(source) ? characteristics : characteristics & ~Spliterator.SORTED,
            own != null && own.isParallel())
        .onClose(elements::close);
  }

  private static boolean inNaturalOrder(@Nullable Spliterator<?> source) {
    return source != null
        && source.hasCharacteristics(Spliterator.SORTED)
        && source.getComparator() == null;
  }

  @Override
  public boolean tryAdvance(Consumer<? super Object> action) {
    size();
    if (!elements.hasNext()) {
      return false;
    }
    pulled++;
    action.accept(elements.next());
    return true;
  }

  @Override
  public @Nullable Spliterator<Object> trySplit() {
    size();
    if (!elements.hasNext()) {
      return null;
    }
    int most = (int) Math.min(Math.min(batch + BATCH, LARGEST_BATCH), Math.max(1, estimateSize()));
    Object[] taken = new Object[most];
    int count = 0;
    do {
      taken[count++] = elements.next();
    } while (count < most && elements.hasNext());
    batch = count;
    pulled += count;
    return Spliterators.spliterator(taken, 0, count, characteristics & ~Spliterator.SORTED);
  }

  /** Queries the size of the source before the first element is pulled. */
  private long size() {
    if (size < 0) {
      size = opened == null ? Long.MAX_VALUE : opened.size();
    }
    return size;
  }

  @Override
  public long estimateSize() {
    long whole = size();
    return whole == Long.MAX_VALUE ? whole : Math.max(0, whole - pulled);
  }

  @Override
  public int characteristics() {
    return characteristics;
  }

  @Override
  @SuppressWarnings("unchecked") // the source compares its own elements
  public @Nullable Comparator<? super Object> getComparator() {
    if (source == null) {
      throw new IllegalStateException();
    }
    return (Comparator<? super Object>) source.getComparator();
  }
}
